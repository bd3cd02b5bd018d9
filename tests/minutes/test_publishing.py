"""Publishing lets the network read and tells participants once; later changes show, and tell when asked."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting, ProgrammeItem, ProgrammeKind
from tests.minutes.held import everyone, hold, page_of, told, write


@pytest.fixture
def written(client, make, cast):
    """The meeting, held, with something written under its one item."""
    meeting = hold(make, cast.meeting)
    write(client.sign_in(cast.steering), cast.item, "Tre sätt hördes.")
    return meeting


def publish(client, meeting, act="publications"):
    here = page_of(meeting)
    return client.post(f"{here}/{act}", {}, f"{here}/publish")


def number_of_letters(make):
    with make.session() as session:
        return session.scalar(select(func.count()).select_from(Letter))


@pytest.mark.any_database
def test_publishing_lets_the_network_read_and_tells_once(client, make, cast, written):
    client.sign_in(cast.coordinator)
    assert "Publicera anteckningarna?" in client.get(f"{page_of(written)}/publish").text
    assert publish(client, written).status == 200
    first = told(make)
    assert first.keys() == everyone(cast)
    letter = first[cast.representative.id]
    assert letter.path == page_of(written)
    assert letter.subject == "Minnesanteckningar: Träff i Björkö"
    assert page_of(written) in letter.plain
    assert page_of(written) in letter.html
    assert first[cast.other_representative.id].language == "en"
    client.post(f"{page_of(written)}/publications")
    assert len(told(make)) == len(first)
    client.sign_in(cast.representative)
    assert "Tre sätt hördes." in client.get(page_of(written)).text
    assert page_of(written) in client.get(f"/meetings/{written.slug}").links
    assert any("Minnesanteckningar" in link.text for link in client.get("/").root.all("main"))
    for who in (cast.guest, cast.host, cast.former):
        assert client.sign_in(who).get(page_of(written)).status == 404


@pytest.mark.any_database
def test_where_some_signed_up_they_are_told(client, make, cast, written):
    part = make.add(
        ProgrammeItem(meeting_id=written.id, position=1, kind=ProgrammeKind.FULL_DAY, title="Dagen")
    )
    standing, gone = make.member("Ingrid Mo"), make.member("Jan Borg")
    make.admission(written, standing, "stand_in")
    make.admission(written, gone, "stand_in", ends_on=clock.today() - timedelta(days=1))
    answers = ((cast.representative, Answer.COMING), (cast.other_representative, Answer.NOT_COMING))
    for member, answer in (*answers, (standing, Answer.COMING), (cast.guest, Answer.COMING)):
        now = clock.now()
        row = {"programme_item_id": part.id, "member_id": member.id, "answer": answer}
        make.add(SignUp(**row, queued_at=now, answered_at=now))
    publish(client.sign_in(cast.coordinator), written)
    assert told(make).keys() == {cast.representative.id, standing.id}
    assert client.sign_in(standing).get(page_of(written)).status == 200


def test_a_later_change_shows_and_tells_only_when_asked(client, make, cast, written):
    publish(client.sign_in(cast.coordinator), written)
    assert "Berätta om ändringarna" not in client.get(page_of(written)).text
    later = write(client, cast.item, "Fyra sätt hördes.")
    assert "Ändrat" in later.text
    assert told(make, f"minutes:{written.id}:changed") == {}
    client.sign_in(cast.representative)
    assert "Ändrat" in client.get(page_of(written)).text
    client.sign_in(cast.coordinator)
    assert publish(client, written, "announcements").status == 200
    again = told(make, f"minutes:{written.id}:changed")
    assert again.keys() == everyone(cast)
    assert again[cast.representative.id].subject.startswith("Ändrade minnesanteckningar")
    client.post(f"{page_of(written)}/announcements")
    assert number_of_letters(make) == len(everyone(cast))


def test_members_read_the_wordings_since_publishing(client, make, cast, written):
    write(client, cast.item, "Tre sätt hördes, och ett fjärde som inte ska ut.")
    write(client, cast.item, "Fyra sätt hördes.")
    publish(client.sign_in(cast.coordinator), written)
    write(client, cast.item, "Fem sätt hördes.")
    path = f"/agenda-items/{cast.item.id}/minutes/revisions"
    assert "inte ska ut" in client.get(path).text
    seen = client.sign_in(cast.representative).get(path).text
    assert "inte ska ut" not in seen
    assert "Fyra" in seen
    assert "Fem" in seen


def test_who_may_not_publish_is_refused(client, make, cast, written):
    for who, status in ((cast.steering, 403), (cast.representative, 404), (cast.guest, 404)):
        client.sign_in(who)
        assert client.post(f"{page_of(written)}/publications").status == status
        assert client.post(f"{page_of(written)}/announcements").status == status
    assert told(make) == {}


def test_nothing_and_what_is_to_come_cannot_be_published(client, make, cast):
    client.sign_in(cast.coordinator)
    assert "inte varit än" in client.post(f"{page_of(cast.meeting)}/publications").text
    assert "inga anteckningar" in client.post(f"{page_of(cast.old_meeting)}/publications").text
    assert client.post(f"{page_of(cast.old_meeting)}/announcements").status == 409
    assert "inga anteckningar" in client.get(f"{page_of(cast.old_meeting)}/publish").text
    with make.session() as session:
        assert session.scalars(select(Meeting.minutes_published_at)).all() == [None, None]


def test_a_former_representative_reads_what_was_published_in_her_time(client, make, cast):
    here = page_of(cast.old_meeting)
    client.sign_in(cast.steering)
    client.post(f"{here}/revisions", {"body": "Från den tiden."}, f"{here}/edit")
    for days, status in ((10, 200), (900, 404)):
        with make.session() as session:
            kept = session.merge(cast.old_meeting)
            kept.minutes_published_at = kept.ends_at + timedelta(days=days)
        assert client.sign_in(cast.former).get(here).status == status


def test_a_question_shows_what_was_written_where_it_was_treated(client, make, cast, written):
    path = f"/questions/{cast.question.id}"
    assert "Tre sätt hördes." in client.sign_in(cast.steering).get(path).text
    assert "inte publicerat" in client.get(path).text
    publish(client.sign_in(cast.coordinator), written)
    page = client.sign_in(cast.representative).get(path)
    assert "Tre sätt hördes." in page.text
    assert f"{page_of(written)}#item-{cast.item.position}" in page.links
