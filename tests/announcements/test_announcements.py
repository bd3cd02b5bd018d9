"""An announcement is written, looked at, tried on oneself, and sent once to the circle as it is then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.announcements import queries
from kloss_intranet.announcements.models import Announcement, Circle
from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.meetings.models import Host, ProgrammeItem, ProgrammeKind
from kloss_intranet.members.models import Role

WORDS = {"title": "Ny lokal i höst", "body": "Vi ses i **aulan**.\n\n- Ta med namnskylt", "circle": "all"}


def write(client, **other):
    """The draft's number, from a form that was filled in."""
    page = client.post("/announcements/", WORDS | other, "/announcements/new")
    assert page.path.endswith("/preview"), page.text
    return int(page.path.split("/")[2])


def send(client, number):
    here = f"/announcements/{number}"
    return client.post(f"{here}/sendings", {}, f"{here}/preview")


def letters(make, key="announcement:"):
    with make.session() as session:
        return session.scalars(select(Letter).where(Letter.key.startswith(key)).order_by(Letter.id)).all()


@pytest.mark.any_database
def test_it_is_seen_first_and_sent_once(client, make, cast):
    client.sign_in(cast.coordinator)
    number = write(client)
    here = f"/announcements/{number}"
    preview = client.get(f"{here}/preview")
    assert "Inget är skickat än" in preview.text
    assert "5 personer nås i dag" in preview.text
    assert cast.guest.name not in preview.text
    assert letters(make) == []
    assert "på väg till elin@example.org" in client.post(f"{here}/trials", {}, f"{here}/preview").text
    assert "redan fått den här lydelsen" in client.post(f"{here}/trials", {}, f"{here}/preview").text
    [trial] = letters(make, "trial:")
    assert (trial.member_id, trial.path) == (cast.coordinator.id, None)
    assert "Meddelandet är på väg." in send(client, number).text
    sent = letters(make)
    in_network = (cast.representative, cast.other_representative, cast.steering, cast.convenor)
    assert {letter.member_id for letter in sent} >= {member.id for member in in_network}
    assert {cast.coordinator.id, cast.guest.id, cast.host.id, cast.former.id}.isdisjoint(
        letter.member_id for letter in sent
    )
    letter = next(each for each in sent if each.member_id == cast.representative.id)
    assert (letter.subject, letter.path) == (WORDS["title"], here)
    assert "Vi ses i" in letter.plain
    assert "Du får det här mailet för att du har ett uppdrag" in letter.plain
    english = next(each for each in sent if each.member_id == cast.other_representative.id)
    assert "Read it on the site:" in english.plain
    client.post(f"{here}/sendings", {"version": "1"})
    assert len(letters(make)) == len(sent)
    with make.session() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.act == "announcement.send"))
        assert entry.details == {"circle": "all", "meeting": None, "reached": 5}


def test_the_addressed_read_it_and_others_do_not(client, make, cast):
    number = write(client.sign_in(cast.coordinator), circle="steering")
    here = f"/announcements/{number}"
    assert client.another().sign_in(cast.steering).get(here).status == 404
    send(client, number)
    assert "Gick till 3 personer." in client.get(here).text
    steering = client.another().sign_in(cast.steering)
    assert "Vi ses i" in steering.get(here).text
    assert here in steering.get("/").links
    assert here in steering.get("/announcements/").links
    for who in (cast.representative, cast.guest, cast.former):
        outside = client.another().sign_in(who)
        assert outside.get(here).status == 404
        assert WORDS["title"] not in outside.get("/announcements/").text
        assert outside.get("/announcements/new").status == 403
        assert outside.get(f"{here}/preview").status == 404


@pytest.mark.any_database
def test_a_meetings_circle_is_those_who_come(client, make, cast):
    part = make.add(
        ProgrammeItem(meeting_id=cast.meeting.id, position=1, kind=ProgrammeKind.FULL_DAY, title="Dagen")
    )
    now = clock.now()
    for member, answer in ((cast.other_representative, Answer.COMING), (cast.steering, Answer.NOT_COMING)):
        make.add(
            SignUp(
                programme_item_id=part.id, member_id=member.id, answer=answer, queued_at=now, answered_at=now
            )
        )
    with make.session():
        reached = queries.circle(Circle.MEETING, cast.meeting.id, clock.today())
        elsewhere = queries.circle(Circle.MEETING, cast.old_meeting.id, clock.today())
    # The hosts' representative, the guest, the helper of the host, and who has signed up.
    expected = {cast.representative.id, cast.other_representative.id, cast.guest.id, cast.host.id}
    assert {member.id for member in reached} == expected
    assert {member.id for member in elsewhere} == {cast.other_representative.id}
    make.add(Host(meeting_id=cast.old_meeting.id, position=9, institution_id=None))
    with make.session():
        reached = queries.circle(Circle.MEETING, cast.old_meeting.id, clock.today())
    # Where the steering group is host, its members are the hosts.
    hosts = {cast.steering.id, cast.convenor.id}
    assert {member.id for member in reached} == {cast.other_representative.id} | hosts
    client.sign_in(cast.coordinator)
    missing = client.post("/announcements/", WORDS | {"circle": "meeting"}, "/announcements/new")
    assert missing.status == 422
    assert "Välj vilken träff det gäller." in missing.text
    assert "Ny lokal" in missing.html
    number = write(client, circle="meeting", meeting=str(cast.meeting.id))
    send(client, number)
    assert "Till deltagarna i" in client.another().sign_in(cast.guest).get(f"/announcements/{number}").text


@pytest.mark.any_database
def test_two_who_change_a_draft_never_overwrite(client, make, cast):
    number = write(client.sign_in(cast.coordinator))
    here = f"/announcements/{number}"
    stale = client.get(f"{here}/edit").form(f"{here}/revisions")
    client.post(f"{here}/revisions", {"title": "Ny tid"}, f"{here}/edit")
    page = client.post(f"{here}/revisions", stale | {"body": "Min egen text."})
    assert page.status == 409
    assert "Inget har skrivits över" in page.text
    assert "Min egen text." in page.html
    assert "Ny tid" in page.text
    # What was seen before is not sent unseen either.
    page = client.post(f"{here}/sendings", {"version": "1"})
    assert page.status == 409
    assert letters(make) == []
    assert "Utkastet är kastat." in client.post(f"{here}/disposals", {}, f"{here}/preview").text
    assert client.get(here).status == 404


def test_what_has_been_sent_is_neither_changed_nor_thrown_away(client, make, cast):
    number = write(client.sign_in(cast.coordinator))
    here = f"/announcements/{number}"
    form = client.get(f"{here}/edit").form(f"{here}/revisions")
    send(client, number)
    assert client.post(f"{here}/revisions", form | {"title": "Annat"}).status == 409
    assert client.post(f"{here}/disposals").status == 409
    with make.session() as session:
        assert session.get_one(Announcement, number).title == WORDS["title"]


def test_the_same_form_sent_twice_makes_one_draft(client, make, cast):
    client.sign_in(cast.coordinator)
    form = client.get("/announcements/new").form("/announcements/") | WORDS
    first, second = client.post("/announcements/", form), client.post("/announcements/", form)
    assert first.path == second.path
    empty = client.post("/announcements/", {"title": "", "body": ""}, "/announcements/new")
    assert empty.status == 422
    assert "Skriv en rubrik" in empty.text


@pytest.mark.any_database
def test_a_letter_that_waits_does_not_reach_one_who_has_left(client, make, cast):
    number = write(client.sign_in(cast.coordinator), circle="steering")
    send(client, number)
    ids = [letter.id for letter in letters(make)]
    with make.session() as session:
        role = session.scalars(select(Role).where(Role.member_id == cast.steering.id)).one()
        role.ends_on = clock.today() - timedelta(days=1)
        session.commit()
    with make.session() as session:
        stopped = drop_stopped(ids)
        session.commit()
    assert len(stopped) == 1
    assert cast.steering.id not in {letter.member_id for letter in letters(make)}


def test_sending_to_many_takes_no_more_statements(client, make, cast, statements):
    client.sign_in(cast.coordinator)
    few, many = write(client), write(client)

    def cost(number):
        form = client.get(f"/announcements/{number}/preview").form(f"/announcements/{number}/sendings")
        with statements() as sent:
            client.post(f"/announcements/{number}/sendings", form, follow=False)
        return len(sent)

    first = cost(few)
    for number in range(40):
        make.role(make.member(f"Ny Medlem {number}", email=f"ny{number}@example.org"), "steering")
    assert cost(many) == first
