"""Invitations and cancellations: letters that a calendar reads, each sent once."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from kloss_intranet.calendars import notifications
from kloss_intranet.calendars.queries import holders
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail import transport
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings import queries, services
from kloss_intranet.meetings.models import Admission, MeetingState
from kloss_intranet.members.models import Mandate
from tests.calendars.reading import event, parsed


@pytest.fixture
def tell(app, cast):
    """Calls `notifications.<name>` about the cast's meeting, as a view does, once `before` was done."""

    def call(name, members, before=lambda meeting: None):
        with app.test_request_context():
            meeting = queries.meeting(cast.meeting.slug)
            before(meeting)
            db.session.flush()
            getattr(notifications, name)(meeting, members)
            db.session.commit()

    return call


def letters(make):
    with make.session() as session:
        return session.scalars(select(Letter).order_by(Letter.id)).all()


def sent(app):
    """The messages, as they left the outbox now."""
    with app.app_context():
        transport.deliver(app.config["SETTINGS"], clock.now())
    paths = sorted((app.config["SETTINGS"].instance / "mail").glob("*.eml"))
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]


def part(message):
    (found,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    return found


@pytest.mark.any_database
def test_an_invitation_is_a_letter_that_calendars_read(app, make, cast, tell):
    tell("invite", [cast.representative, cast.other_representative])
    (agnes, birger) = sent(app)
    assert agnes.get_content_type() == "multipart/mixed"
    alternatives, file = agnes.iter_parts()
    assert [each.get_content_type() for each in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert part(agnes).get_param("method") == "REQUEST"
    assert part(agnes).get_content_charset() == "utf-8"
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    text = part(agnes).get_content()
    assert file.get_content().decode() == text
    assert parsed(text).method.value == "REQUEST"
    found = event(text)
    assert found.attendee.value == "mailto:agnes@example.org"
    assert found.organizer.value == f"mailto:{agnes['From']}"
    assert found.dtstart.value == cast.meeting.starts_at.replace(microsecond=0)
    assert agnes["Subject"] == "Inbjudan: Träff i Björkö"
    assert "/meetings/bjorko" in agnes.get_body(("plain",)).get_content()
    assert "/meetings/bjorko" in agnes.get_body(("html",)).get_content()
    assert agnes["Content-Language"] == "sv"
    assert birger["Content-Language"] == "en"
    assert event(part(birger).get_content()).attendee.value == "mailto:birger@example.org"


@pytest.mark.any_database
def test_each_sequence_is_told_once(app, make, cast, tell):
    meeting_id, member = cast.meeting.id, cast.representative
    tell("invite", [member])
    tell("invite", [member])
    assert [letter.key for letter in letters(make)] == [f"invitation:{meeting_id}:0:{member.id}"]
    sent(app)

    def later(meeting):
        services.move(meeting, meeting.starts_at.replace(hour=9), meeting.ends_at)

    tell("invite", [member], later)
    first, second = letters(make)
    assert second.key == f"invitation:{meeting_id}:1:{member.id}"
    assert second.subject == "Ändrad träff: Träff i Björkö"
    assert second.path == first.path == "/meetings/bjorko"
    before, after = event(first.calendar), event(second.calendar)
    assert before.uid.value == after.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")


@pytest.mark.any_database
def test_a_cancellation_takes_the_meeting_out(app, make, cast, tell):
    tell("invite", [cast.representative])
    tell("cancel", [cast.representative], lambda meeting: services.cancel(meeting, "Värden kan inte."))
    invitation, cancellation = sent(app)
    text = part(cancellation).get_content()
    assert part(cancellation).get_param("method") == parsed(text).method.value == "CANCEL"
    found, first = event(text), event(part(invitation).get_content())
    assert (found.status.value, found.uid.value) == ("CANCELLED", first.uid.value)
    assert int(found.sequence.value) > int(first.sequence.value)
    assert found.attendee.value == "mailto:agnes@example.org"
    assert "RSVP" not in found.attendee.params
    assert "Värden kan inte." in cancellation.get_body(("plain",)).get_content()
    assert cancellation["Subject"] == "Träffen är inställd: Träff i Björkö"


@pytest.mark.any_database
def test_those_who_hold_the_meeting_are_known(make, cast, tell):
    tell("invite", [cast.representative, cast.guest, cast.former])
    with make.session():
        every = [member.id for member in holders(cast.meeting)]
        reading = [member.id for member in holders(cast.meeting, clock.today())]
        assert list(holders(cast.old_meeting)) == []
    assert every == [cast.representative.id, cast.guest.id, cast.former.id]
    assert reading == [cast.representative.id, cast.guest.id]


@pytest.mark.any_database
def test_an_invitation_that_waited_goes_only_to_those_who_may_still_read(app, make, cast, tell):
    tell("invite", [cast.representative, cast.steering, cast.guest])
    tell("cancel", [cast.representative, cast.guest])
    with make.session() as session:
        yesterday = clock.today() - timedelta(days=1)
        session.get(Mandate, cast.mandate.id).ends_on = yesterday
        session.scalars(
            select(Admission).where(Admission.member_id == cast.guest.id)
        ).one().ends_on = yesterday
    gone = [(message["To"], part(message).get_param("method")) for message in sent(app)]
    assert gone == [
        ("cecilia@example.org", "REQUEST"),
        ("agnes@example.org", "CANCEL"),
        ("gustav@example.org", "CANCEL"),
    ]


def test_a_meeting_that_is_opened_goes_into_calendars(app, make, cast, client):
    with make.session() as session:
        session.merge(cast.meeting).state = MeetingState.PLANNED
    client.sign_in(cast.coordinator)
    page, act = "/meetings/bjorko/publish", "/meetings/bjorko/publications"
    assert client.post(act, form_on=page).status == 200
    told = {letter.member_id: letter for letter in letters(make)}
    assert set(told) == {
        member.id for member in (cast.representative, cast.other_representative, cast.steering, cast.convenor)
    }
    for letter in told.values():
        found = event(letter.calendar)
        assert found.attendee.value == f"mailto:{letter.address}"
        assert found.status.value == "CONFIRMED"
    assert part(sent(app)[0]).get_param("method") == "REQUEST"


@pytest.mark.any_database
def test_a_changed_meeting_is_sent_anew_and_a_cancelled_one_taken_out(make, cast, client, tell):
    """By the planning's own pages: each holder is told once, whether or not still concerned."""
    tell("invite", [cast.representative, cast.coordinator, cast.former])
    client.sign_in(cast.coordinator)
    at = f"/meetings/{cast.meeting.slug}"
    for place in ("Åbo", "Åbo"):
        sent_form = {"place": place, "venue": "Aulan"}
        assert client.post(f"{at}/revisions", sent_form, form_on=f"{at}/edit").path == at
    renewed = [letter for letter in letters(make) if not letter.key.endswith(f":0:{letter.member_id}")]
    # Whoever is let into the meeting is concerned too.
    let_in = [cast.host.id, cast.guest.id]
    assert [each.member_id for each in renewed] == [cast.representative.id, cast.coordinator.id, *let_in]
    assert {letter.subject for letter in renewed} == {"Ändrad träff: Träff i Björkö"}
    assert {event(letter.calendar).location.value for letter in renewed} == {"Aulan, Åbo"}
    (second,) = {int(event(letter.calendar).sequence.value) for letter in renewed}
    assert second > 0
    client.post(f"{at}/cancellations", {"reason": "Värden kan inte."}, form_on=f"{at}/cancel")
    ended = {each.member_id: each for each in letters(make) if not each.key.startswith("invitation:")}
    held = {member_id for member_id, letter in ended.items() if letter.calendar}
    assert held == {cast.representative.id, cast.coordinator.id, cast.former.id, *let_in}
    assert cast.steering.id in ended
    for member_id in held:
        assert parsed(ended[member_id].calendar).method.value == "CANCEL"
        assert int(event(ended[member_id].calendar).sequence.value) > second


def test_a_letter_without_a_calendar_is_as_it_was(app, make, cast):
    with make.session() as session:
        now = clock.now()
        row = {"address": "a@example.org", "subject": "Hej", "plain": "Hej", "html": "<p>Hej</p>"}
        session.add(Letter(key="plain", language="sv", created_at=now, due_at=now, **row))
    (message,) = sent(app)
    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
