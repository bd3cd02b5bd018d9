"""The text keeps to what Outlook, Google and Apple all read: RFC 5545, its optional corners left out."""

import re
from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from kloss_intranet.calendars import notifications
from kloss_intranet.calendars.services.writing import Method, Party, write
from kloss_intranet.core import clock
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import MeetingMode, MeetingState, ProgrammeItem
from kloss_intranet.members.models import Origin
from tests.calendars.reading import event, lines, parsed, values

HARD = [
    "Å" * 200,
    'Rum; "Östra", plan 3\\4: «två»',
    "Mötet\nsom har två rader\toch en tabb",
    "🧑‍🏫" * 40 + " slut",
    "BEGIN:VEVENT\r\nSUMMARY:Falsk",
    "x" * 74 + "é",
]


@pytest.fixture
def written(app, make):
    def text(method=Method.PUBLISH, attendee=None, programme=(), hosts=(), **columns):
        meeting = make.meeting(columns.pop("title", "Träff i Åbo"), hosts, **columns)
        for position, part in enumerate(programme, 1):
            row = {"meeting_id": meeting.id, "position": position, "kind": "full_day", "title": "Heldag"}
            make.add(ProgrammeItem(**row | part))
        with app.test_request_context():
            found = notifications.entry(queries.meeting(meeting.slug))
            return write([found], method, notifications.sender(), clock.now(), attendee=attendee)

    return text


@pytest.mark.parametrize("hard", HARD)
def test_whatever_is_written_arrives_as_it_was(written, hard):
    attendee = Party(" ".join(hard.split()), "agnes@example.org")
    text = written(Method.REQUEST, attendee, title=hard, venue=hard, place=hard)
    raw = text.encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode("utf-8").strip("\r\n") or line == b""  # no character is cut in two
    found = event(text)
    meant = hard.replace("\r\n", "\n")
    assert found.summary.value == meant
    assert found.location.value == f"{meant}, {meant}"
    assert text.count("BEGIN:VEVENT\r\n") == text.count("END:VEVENT\r\n") == 1
    assert found.attendee.params["CN"] == [attendee.name.replace('"', "'")]


def test_every_property_has_something_to_say(written):
    bare = written(title="Träff", place=None, venue=None, mode=None, times_known=False)
    full = written(Method.REQUEST, Party("Agnes", "agnes@example.org"), venue="Salen", introduction="Därför.")
    for text in (bare, full):
        for line in lines(text):
            name, value = re.fullmatch(r"([A-Z-]+)(?:;[^:]+)?:(.*)", line).groups()
            assert value, name
    assert values(bare, "LOCATION") == []


def test_what_must_stand_stands_once(written):
    text = written()
    for name in (
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "SUMMARY",
        "DTEND",
        "URL",
        "STATUS",
        "METHOD",
    ):
        assert len(values(text, name)) == 1, name
    assert lines(text)[1:3] == ["VERSION:2.0", "PRODID:-//KLOSSnet//kloss-intranet//SV"]
    assert set(values(text, "TZID")) <= available_timezones()
    for stamp in (*values(text, "DTSTAMP"), *values(text, "LAST-MODIFIED")):
        assert re.fullmatch(r"\d{8}T\d{6}Z", stamp)
    assert values(text, "UID") == ["meeting-1@127.0.0.1"]
    assert values(text, "URL") == ["http://127.0.0.1:8000/meetings/traff-1"]


@pytest.mark.parametrize(
    ("state", "status", "summary"),
    [
        (MeetingState.PLANNED, "TENTATIVE", "Träff i Åbo"),
        (MeetingState.OPEN, "CONFIRMED", "Träff i Åbo"),
        (MeetingState.HELD, "CONFIRMED", "Träff i Åbo"),
        (MeetingState.CANCELLED, "CANCELLED", "Inställd: Träff i Åbo"),
    ],
)
def test_the_state_is_told(written, state, status, summary):
    found = event(written(state=state, cancelled_reason="Värden kan inte." if "elled" in state else None))
    assert (found.status.value, found.summary.value) == (status, summary)
    assert ("Träffen är inställd. Värden kan inte." in found.description.value) is (status == "CANCELLED")


def test_where_to_go(written):
    link = "https://mote.example.org/rum/7"
    assert event(written(mode=MeetingMode.DIGITAL, place=None, link_url=link)).location.value == link
    assert event(written(mode=MeetingMode.DIGITAL, place=None)).location.value == "Digitalt"
    mixed = event(written(mode=MeetingMode.MIXED, venue="Aulan", place="Testhamn", link_url=link))
    assert mixed.location.value == "Aulan, Testhamn"
    assert f"Delta digitalt: {link}" in mixed.description.value


def test_the_description_holds_the_programme_and_no_position(written, make):
    starts = datetime(2027, 4, 13, 10, tzinfo=UTC)
    ends = starts.replace(day=14)
    text = written(
        starts_at=starts,
        ends_at=ends,
        time_zone="Europe/Helsinki",
        hosts=(make.institution("Åbo Akademi"),),
        origin=Origin.INVENTED,
        programme=(
            {
                "title": "Studiebesök",
                "starts_at": starts,
                "ends_at": starts.replace(hour=12),
                "place": "Slottet",
            },
            {"title": "Middag"},
        ),
    )
    assert event(text).description.value.split("\n") == [
        "Program",
        "",
        "Tisdag 13 april",
        "13.00–15.00 Studiebesök, Slottet",
        "Middag",
        "",
        "Klockslagen är lokal tid i Helsingfors.",
        "Värd: Åbo Akademi",
        "Påhittat exempel",
        "",
        "Allt om träffen: http://127.0.0.1:8000/meetings/traff-2",
        "",
        "Nätverket tar inte ställning. Det som sägs är enskilda lärosätens erfarenheter.",
    ]


def test_an_invitation_names_the_office_and_the_invited(written):
    text = written(Method.REQUEST, Party("Agnes Björk", "agnes@example.org"), sequence=3)
    found = event(text)
    assert parsed(text).method.value == "REQUEST"
    assert (found.organizer.value, found.organizer.params["CN"]) == (
        "mailto:klossnet@example.org",
        ["KLOSSnet"],
    )
    assert found.attendee.value == "mailto:agnes@example.org"
    assert found.attendee.params["RSVP"] == ["TRUE"]
    assert found.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    assert found.sequence.value == "3"
    assert "ATTENDEE" not in written()
