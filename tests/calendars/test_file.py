"""A meeting's own file, for those who may read the meeting, in their language."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.meetings.models import MeetingState
from tests.calendars.reading import event, parsed


def fetch(client, slug):
    return client.raw.get(f"/meetings/{slug}/calendar.ics", buffered=True)


@pytest.mark.any_database
def test_the_meeting_comes_as_a_file(cast, client):
    client.sign_in(cast.representative)
    answer = fetch(client, cast.meeting.slug)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=klossnet-bjorko.ics"
    text = answer.get_data(as_text=True)
    assert parsed(text).method.value == "PUBLISH"
    found = event(text)
    assert found.summary.value == "Träff i Björkö"
    assert "Värd: Björkö universitet" in found.description.value
    assert "Nätverket tar inte ställning." in found.description.value
    assert found.dtstart.value == cast.meeting.starts_at


def test_it_is_in_the_readers_language(cast, client):
    client.sign_in(cast.other_representative)
    found = event(fetch(client, cast.meeting.slug).get_data(as_text=True))
    assert "Björkö universitet (en)" in found.description.value


@pytest.mark.parametrize(
    ("who", "status"), [("guest", 200), ("host", 200), ("steering", 200), ("former", 404), (None, 303)]
)
def test_it_is_for_those_who_may_read_the_meeting(cast, client, who, status):
    if who:
        client.sign_in(getattr(cast, who))
    assert fetch(client, cast.meeting.slug).status_code == status


def test_the_number_rises_and_the_identity_stays(cast, client, make):
    client.sign_in(cast.representative)
    before = event(fetch(client, cast.meeting.slug).get_data(as_text=True))
    with make.session() as session:
        meeting = session.merge(cast.meeting)
        meeting.starts_at += timedelta(days=7)
        meeting.ends_at += timedelta(days=7)
        meeting.sequence += 1
        meeting.changed_at = clock.now() + timedelta(hours=1)
    after = event(fetch(client, cast.meeting.slug).get_data(as_text=True))
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.dtstart.value - before.dtstart.value == timedelta(days=7)
    assert after.last_modified.value > before.last_modified.value


def test_any_change_of_the_meeting_is_dated(make, cast):
    before = cast.meeting.changed_at
    with make.session() as session:
        meeting = session.merge(cast.meeting)
        meeting.venue = "Aulan"
    assert before < meeting.changed_at <= clock.now()


def test_the_meetings_page_leads_there_until_it_is_over(cast, client, make):
    client.sign_in(cast.representative)
    link = f"/meetings/{cast.meeting.slug}/calendar.ics"
    page = client.get(f"/meetings/{cast.meeting.slug}")
    assert link in page.links
    assert "Lägg i kalendern" in page.text
    assert f"/meetings/{cast.old_meeting.slug}/calendar.ics" not in client.get("/meetings/asnes").links
    with make.session() as session:
        session.merge(cast.meeting).state = MeetingState.CANCELLED
    assert link not in client.get(f"/meetings/{cast.meeting.slug}").links
