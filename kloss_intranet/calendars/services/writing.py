"""Meetings as iCalendar text (RFC 5545), in the form that Outlook, Google and Apple all read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from ...meetings.models import Meeting, MeetingState
from ...meetings.services import last_day
from .zones import time_zone

MADE_BY = "-//KLOSSnet//kloss-intranet//SV"
FETCH_AGAIN = timedelta(hours=6)


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    """Here are meetings to look at."""
    REQUEST = "REQUEST"
    """You are invited to a meeting, or one that you were invited to is changed."""
    CANCEL = "CANCEL"
    """A meeting that you were invited to is cancelled."""


@dataclass(frozen=True)
class Party:
    """The office, or the one who is invited."""

    name: str
    address: str


@dataclass(frozen=True)
class Entry:
    """A meeting in the words of one reader's language."""

    meeting: Meeting
    summary: str
    description: str
    location: str | None
    url: str


@dataclass(frozen=True)
class Sender:
    """Who speaks: the office, and the host name that makes our numbers known from everybody else's."""

    office: Party
    host: str


def write(
    entries: Sequence[Entry],
    method: Method,
    sender: Sender,
    written_at: datetime,
    *,
    attendee: Party | None = None,
    name: str | None = None,
) -> str:
    """The text, with lines of at most 75 octets that end in CRLF.

    `name` is what the calendar is called where it is one to follow, and not a meeting to put in one's own.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", FETCH_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    for zone, years in _years(entries).items():
        calendar.add_component(time_zone(zone, min(years), max(years)))
    for entry in entries:
        calendar.add_component(_event(entry, method, sender, written_at, attendee))
    return bytes(calendar.to_ical(sorted=False)).decode()


def identity(meeting: Meeting, host: str) -> str:
    """The meeting's UID: the same in files, feeds and invitations, for ever."""
    return f"meeting-{meeting.id}@{host}"


def _event(
    entry: Entry, method: Method, sender: Sender, written_at: datetime, attendee: Party | None
) -> Event:
    meeting, event = entry.meeting, Event()
    event.add("uid", identity(meeting, sender.host))
    event.add("dtstamp", written_at)
    if meeting.changed_at:
        event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    starts, ends = _span(meeting)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if entry.location:
        event.add("location", entry.location)
    event.add("url", entry.url)
    event.add("status", _status(meeting, method))
    # A day without known times is no reason to look busy from morning to night.
    event.add("transp", "OPAQUE" if meeting.times_known else "TRANSPARENT")
    event.add("organizer", _address(sender.office))
    if attendee:
        invited = _address(attendee)
        invited.params.update(CUTYPE="INDIVIDUAL", ROLE="REQ-PARTICIPANT")
        if method is Method.REQUEST:
            invited.params.update(PARTSTAT="NEEDS-ACTION", RSVP="TRUE")
        event.add("attendee", invited)
    return event


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.address}")
    # A quotation mark has no place in a parameter.
    address.params["CN"] = party.name.replace('"', "'")
    return address


def _status(meeting: Meeting, method: Method) -> str:
    if method is Method.CANCEL or meeting.state is MeetingState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if meeting.state is MeetingState.PLANNED else "CONFIRMED"


def _span(meeting: Meeting) -> tuple[date | datetime, date | datetime]:
    """From when to when (excluded): whole days where no clock times are known."""
    zone = ZoneInfo(meeting.time_zone)
    if meeting.times_known:
        return _clock(meeting.starts_at, zone), _clock(meeting.ends_at, zone)
    return meeting.starts_on, last_day(meeting) + timedelta(days=1)


def _clock(at: datetime, zone: ZoneInfo) -> datetime:
    """The time in its zone; in UTC where clocks show it again, for a calendar means the first time."""
    shown = at.replace(microsecond=0).astimezone(zone)
    return shown.astimezone(UTC) if shown.fold else shown


def _years(entries: Sequence[Entry]) -> dict[str, set[int]]:
    """The zones that are needed, each with the years it is needed for."""
    found: dict[str, set[int]] = {}
    for entry in entries:
        if entry.meeting.times_known:
            years = found.setdefault(entry.meeting.time_zone, set())
            years |= {entry.meeting.starts_at.year, entry.meeting.ends_at.year}
    return found
