"""The page of a question: its way through the meetings with threads and minutes, and the list of all."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock, text
from kloss_intranet.meetings.models import MeetingState, MeetingTheme
from kloss_intranet.minutes.models import Entry
from kloss_intranet.questions.models import Change, Proposal, QuestionState, Relevance
from kloss_intranet.threads.models import Audience
from tests.questions.asking import at, proposal, raised


def minutes(make, cast, meeting, item, words):
    wording = {"body": words, "body_html": text.to_html(words), "policy": text.POLICY}
    about = {"meeting_id": meeting.id, "agenda_item_id": item.id, "written_by_id": cast.steering.id}
    make.add(Entry(**about, **wording, written_at=clock.now()))


def test_a_stop_shows_host_item_threads_on_both_sides_and_minutes(client, make, cast):
    starts = clock.now() - timedelta(days=220)
    held = make.meeting("Träff i Älvdal", starts_at=starts, state=MeetingState.CLOSED)
    item = make.agenda_item(held, "Egna datorer")
    question = make.question("Egna datorer i prov", items=(item,))
    thread = make.thread(held, cast.theme, title="Datorerna", question_id=question.id)
    hidden = make.thread(
        held, cast.theme, title="Bara för oss", question_id=question.id, audience=Audience.STEERING
    )
    minutes(make, cast, held, item, "Vi hörde om två sätt. " + "Mer text. " * 60)
    client.sign_in(cast.representative)
    page = client.get(at(question))
    (course,) = (one for one in page.root.all("ol") if one.attrs.get("class") == "course")
    assert "Egna datorer" in course.text
    assert {f"/threads/{thread.id}?phase=before", f"/threads/{thread.id}?phase=after"} <= page.links
    assert f"/threads/{hidden.id}" not in page.html
    assert "Vi hörde om två sätt." not in page.html
    assert "senast behandlad för 7 månader sedan" in page.text
    with make.session() as session:
        session.merge(held).minutes_published_at = clock.now()
    (course,) = (one for one in client.get(at(question)).root.all("ol") if one.attrs.get("class") == "course")
    assert "Vi hörde om två sätt." in course.text
    assert len(course.text) < 600


def test_before_a_meeting_there_is_one_side(client, cast):
    page = client.sign_in(cast.representative).get(at(cast.question))
    assert f"/threads/{cast.thread.id}?phase=before" in page.links
    assert f"/threads/{cast.thread.id}?phase=after" not in page.links


def test_a_cancelled_meeting_has_treated_nothing(client, make, cast):
    off = make.meeting("Inställd", starts_at=clock.now() - timedelta(days=9), state=MeetingState.CANCELLED)
    question = make.question("Något", items=(make.agenda_item(off),))
    page = client.sign_in(cast.representative).get(at(question))
    assert "Ännu inte behandlad" in page.text
    assert "inställd" in page.text


def test_a_former_member_reads_what_was_said_in_their_time(client, make, cast):
    proposal(make, cast.question, cast.other_representative, reason="Sagt då.")
    now = clock.now()
    proposal(make, cast.question, cast.representative, reason="Sagt nu.", proposed_at=now)
    step = {"became": QuestionState.RESTING, "changed_at": now, "changed_by_id": cast.steering.id}
    make.add(Change(question_id=cast.question.id, reason="Steget nu.", **step))
    page = client.sign_in(cast.former).get(at(cast.question))
    assert "Sagt då." in page.text
    for later in ("Sagt nu.", "Steget nu.", "/proposals/new", "/changes/new"):
        assert later not in page.html
    assert "Föreslagen av" not in client.get("/questions/").html
    for who in (cast.guest, cast.host):
        assert client.sign_in(who).get(at(cast.question)).status == 404
        assert client.get("/questions/").status == 403


def test_the_list_is_grouped_by_state_and_narrowed(client, make, cast):
    mine, theirs = raised(make, "Åtta frågor"), raised(make, "Alla frågor")
    resting = raised(make, "Vilofrågan", state=QuestionState.RESTING)
    proposal(make, mine, cast.representative, cast.institution)
    make.add(MeetingTheme(meeting_id=cast.old_meeting.id, theme_id=cast.theme.id))
    client.sign_in(cast.representative)
    page = client.get("/questions/")
    assert [one.text for one in page.root.all("h2")] == ["Väckt", "Behandlad", "Vilande"]
    assert page.text.index("Alla frågor") < page.text.index("Åtta frågor")
    assert "Föreslagen av Björkö universitet" in page.text

    def shown(query):
        links = client.get(f"/questions/?{query}").links
        return {one.title for one in (mine, theirs, resting, cast.question) if at(one) in links}

    assert shown("state=resting") == {resting.title}
    assert shown("own=1") == {mine.title}
    assert shown(f"theme={cast.theme.slug}") == {cast.question.title}
    assert shown("state=chosen") == set()
    assert "Ingen fråga passar" in client.get("/questions/?state=chosen").text
    assert shown("state=nonsense&theme=nonsense&own=2") == {"Åtta frågor", "Alla frågor", "Vilofrågan"} | {
        cast.question.title
    }


def test_without_questions_the_list_says_so(client, make):
    member = make.member()
    make.mandate(member)
    page = client.sign_in(member).get("/questions/")
    assert "Här finns inga frågor ännu." in page.text


def fill(make, cast, number):
    """More of everything that the page and the list show."""
    now = clock.now()
    for each in range(number):
        member = make.member()
        mandate = make.mandate(member)
        at = {"question_id": cast.question.id, "member_id": member.id, "signed_name": member.name}
        seat = {"institution_id": mandate.institution_id}
        make.add(Proposal(**at, **seat, title="T", reason="Skäl.", proposed_at=now))
        make.add(Relevance(**at, **seat, sentence="Viktig.", written_at=now))
        step = {"became": QuestionState.CHOSEN, "changed_at": now, "changed_by_id": member.id}
        make.add(Change(question_id=cast.question.id, reason="Skäl.", **step))
        meeting = make.meeting(starts_at=now - timedelta(days=100 + each))
        item = make.agenda_item(meeting)
        make.question(f"Fråga nummer {each}", items=(item,))
        with make.session() as session:
            from kloss_intranet.questions.models import Treatment

            session.add(Treatment(agenda_item_id=item.id, question_id=cast.question.id))
        make.thread(meeting, cast.theme, question_id=cast.question.id)
        minutes(make, cast, meeting, item, "Ord.")
        raised(make, f"Sammanslagen {each}", merged_into_id=cast.question.id)


@pytest.mark.any_database
def test_the_pages_take_as_many_statements_however_much_there_is(client, make, cast, statements):
    fill(make, cast, 2)
    client.sign_in(cast.steering)
    taken = []
    for more in (0, 8):
        fill(make, cast, more)
        counted = []
        for path in (at(cast.question), "/questions/", "/questions/similar?title=fråga"):
            client.get(path)
            with statements() as sent:
                client.get(path)
            counted.append(len([one for one in sent if not one.startswith("BEGIN")]))
        taken.append(counted)
    assert taken[0] == taken[1]
    assert taken[0][0] <= 26
    assert taken[0][1] <= 9
