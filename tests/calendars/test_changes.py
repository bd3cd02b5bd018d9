"""A changed meeting: one letter to each whom it concerns, that says what is new, however often it changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.calendars import notifications
from kloss_intranet.calendars.services.changes import Changes, changes
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail import transport
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import Meeting, MeetingState
from tests.attendance.helpers import part
from tests.calendars.reading import event, parsed


@pytest.fixture
def dinner(make, cast):
    """A dinner of the cast's meeting, to which the representative comes and the convenor does not."""
    starts_at = cast.meeting.starts_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    row = part(
        make, cast.meeting, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), place="Varvet"
    )
    now = clock.now()
    answers = {cast.representative: Answer.COMING, cast.convenor: Answer.NOT_COMING}
    for member, answer in answers.items():
        said = {"answer": answer, "queued_at": now, "answered_at": now}
        make.add(SignUp(programme_item_id=row.id, member_id=member.id, **said))
    return row


def letters(make):
    with make.session() as session:
        found = select(Letter).where(Letter.key.like("invitation:%")).order_by(Letter.member_id, Letter.id)
        return session.scalars(found).all()


def deliver(app):
    with app.app_context():
        transport.deliver(app.config["SETTINGS"], clock.now())


def change(client, cast, row, **typed):
    at = f"/meetings/{cast.meeting.slug}/parts"
    page = client.post(f"{at}/{row.id}/revisions", typed, form_on=f"{at}/{row.id}/edit")
    assert page.path == at


@pytest.mark.any_database
def test_another_place_for_a_part_reaches_those_who_come(client, make, cast, dinner):
    client.sign_in(cast.coordinator)
    change(client, cast, dinner, place="Slottet")
    told = letters(make)
    assert [each.member_id for each in told] == [cast.representative.id, cast.host.id, cast.guest.id]
    for letter in told:
        assert letter.subject == "Ändrad träff: Träff i Björkö"
        assert letter.path == "/meetings/bjorko"
        found = event(letter.calendar)
        assert parsed(letter.calendar).method.value == "REQUEST"
        assert found.sequence.value == "1"
        assert "Slottet" in found.description.value
    # Nothing was told before, so it is all told now.
    plain = told[0].plain.partition("Programmet:")[2]
    assert "Middag, Slottet" in plain
    assert "Gäller inte längre" not in plain
    change(client, cast, dinner, description="Varm mat", capacity="20")
    assert len(letters(make)) == 3


@pytest.mark.any_database
def test_several_changes_make_one_letter_that_tells_what_is_new(app, client, make, cast, dinner):
    client.sign_in(cast.coordinator)
    change(client, cast, dinner, place="Slottet")
    deliver(app)
    now, called = clock.now(), f"invitation:{cast.meeting.id}:account"
    row = {
        "address": "a@example.org",
        "subject": "Hej",
        "plain": "Hej",
        "html": "<p>Hej</p>",
        "language": "sv",
    }
    make.add(Letter(key=called, member_id=cast.representative.id, created_at=now, due_at=now, **row))
    change(client, cast, dinner, place="Skeppet")
    change(client, cast, dinner, place="Stallet")
    first, other, second = [each for each in letters(make) if each.member_id == cast.representative.id]
    assert other.key == called  # an invitation to the intranet is something else
    assert (event(first.calendar).sequence.value, event(second.calendar).sequence.value) == ("1", "3")
    assert "Middag, Stallet" in second.plain.partition("Nytt i programmet:")[2]
    assert "Middag, Slottet" in second.plain.partition("Gäller inte längre:")[2]
    assert "Skeppet" not in second.plain
    assert "<li>" in second.html
    # One line on the home page, too.
    assert (first.seen_at is None, second.seen_at) == (False, None)
    client.sign_in(cast.representative)
    assert client.get("/").html.count("Ändrad träff: Träff i Björkö") == 1


@pytest.mark.any_database
def test_a_letter_on_its_way_is_left_alone(client, make, cast, dinner):
    client.sign_in(cast.coordinator)
    change(client, cast, dinner, place="Slottet")
    with make.session() as session:
        for letter in session.scalars(select(Letter)):
            letter.leased_until = clock.now() + timedelta(minutes=5)
    change(client, cast, dinner, place="Skeppet")
    assert len([each for each in letters(make) if each.member_id == cast.representative.id]) == 2


@pytest.mark.any_database
def test_a_part_and_its_letters_come_together_or_not_at_all(client, make, cast, dinner, monkeypatch):
    def fails(*arguments, **named):
        raise RuntimeError

    monkeypatch.setattr(notifications.sending, "enqueue_all", fails)
    client.app.testing = False
    client.app.config["PROPAGATE_EXCEPTIONS"] = False
    client.sign_in(cast.coordinator)
    at = f"/meetings/{cast.meeting.slug}/parts"
    page = client.post(f"{at}/{dinner.id}/revisions", {"place": "Ön"}, form_on=f"{at}/{dinner.id}/edit")
    assert page.status == 500
    with make.session() as session:
        assert session.get(Meeting, cast.meeting.id).sequence == 0


def test_a_planned_meeting_and_one_that_has_been_tell_nobody(app, make, cast, dinner):
    past = {"starts_at": clock.now() - timedelta(days=2), "ends_at": clock.now() - timedelta(days=1)}
    for columns in ({"state": MeetingState.PLANNED}, past | {"state": MeetingState.OPEN}):
        with make.session() as session:
            for name, value in columns.items():
                setattr(session.get(Meeting, cast.meeting.id), name, value)
        with app.test_request_context():
            notifications.renew(queries.meeting(cast.meeting.slug))
            db.session.commit()
    assert letters(make) == []


def test_a_change_costs_the_same_however_many_come(client, make, cast, dinner, statements):
    client.sign_in(cast.coordinator)
    spent = []
    for place in ("Ett", "Två", "Tre"):
        with statements() as sent:
            change(client, cast, dinner, place=place)
        spent.append(len(sent))
        for _ in range(10):
            member, now = make.member(), clock.now()
            make.mandate(member, make.institution())
            said = {"answer": Answer.COMING, "queued_at": now, "answered_at": now}
            make.add(SignUp(programme_item_id=dinner.id, member_id=member.id, **said))
    assert spent[1] == spent[2] <= 60


def test_what_is_new_is_read_from_the_calendars_themselves():
    def calendar(description, start="DTSTART;TZID=Europe/Stockholm:20270324T130000", place="Åbo"):
        lines = ("BEGIN:VTIMEZONE", "DTSTART:19700101T000000", "BEGIN:VEVENT", start, f"LOCATION:{place}")
        return "\r\n".join([*lines, f"DESCRIPTION:{description}", "END:VEVENT", ""])

    before = calendar("Program\\n\\nOnsdag\\n18.00–20.00 Middag\\, Varvet\\n\\nVärd: Åbo")
    now = calendar(
        "Program\\n\\nOnsdag\\n18.00–20.00 Middag\\, Va\r\n rvet\\n21.00 Bad\\n\\nVärd: Lund",
        start="DTSTART;TZID=Europe/Stockholm:20270324T120000",
        place="Lund",
    )
    assert changes(before, now) == Changes(when=True, where=True, new=("Onsdag 21.00 Bad",))
    assert changes("", now).new == ("Onsdag 18.00–20.00 Middag, Varvet", "Onsdag 21.00 Bad")
    assert changes(now, before).gone == ("Onsdag 21.00 Bad",)
    assert changes(now, now) == Changes()
