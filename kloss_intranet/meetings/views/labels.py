"""The words and shapes in which templates speak of a meeting, each a filter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.lists import format_list
from flask import url_for
from flask_babel import get_locale

from ...core import clock
from ...core.language import clock_time, day, gettext, language
from ..models import AgendaItem, Guest, Meeting, MeetingMode, ProgrammeItem
from .blueprint import bp


@bp.app_template_filter("meeting_label")
def label(meeting: Meeting) -> str:
    """What the meeting is called: its title, else where or with whom it was, and the day."""
    on = day(meeting.starts_on)
    if meeting.title:
        return meeting.title
    if meeting.place:
        return gettext("Träff i %(place)s %(day)s", place=meeting.place, day=on)
    if meeting.mode is MeetingMode.DIGITAL:
        return gettext("Digital träff %(day)s", day=on)
    names = hosts_label(meeting)
    return (
        gettext("Träff hos %(hosts)s %(day)s", hosts=names, day=on)
        if names
        else gettext("Träff %(day)s", day=on)
    )


@bp.app_template_filter("hosts_label")
def hosts_label(meeting: Meeting) -> str | None:
    """The hosts by name; None is a gap in the source."""
    names = [
        h.institution.name(language()) if h.institution else gettext("styrgruppen") for h in meeting.hosts
    ]
    return format_list(names, locale=get_locale() or "sv") or None


@bp.app_template_filter("place_label")
def place_label(meeting: Meeting) -> str | None:
    """Where it was; None is a gap in the source."""
    if meeting.place or meeting.mode is not MeetingMode.DIGITAL:
        return meeting.place
    return gettext("Digitalt")


@bp.app_template_filter("by_year")
def by_year(meetings: Sequence[Meeting]) -> list[tuple[int, list[dict[str, Any]]]]:
    """The meetings for components/yearline; a year without one is there too."""
    if not meetings:
        return []
    years: dict[int, list[dict[str, Any]]] = {
        year: [] for year in range(meetings[0].starts_on.year, meetings[-1].starts_on.year + 1)
    }
    now = clock.now()
    for meeting in meetings:
        years[meeting.starts_on.year].append(
            {
                "url": url_for("meetings.show", slug=meeting.slug),
                "label": meeting.title
                or format_date(meeting.starts_on, "d MMMM", locale=get_locale() or "sv"),
                "is_coming": meeting.ends_at > now,
                "place_label": place_label(meeting),
                "hosts_label": hosts_label(meeting),
            }
        )
    return list(years.items())


@bp.app_template_filter("by_day")
def by_day(meeting: Meeting) -> Iterable[tuple[str | None, list[ProgrammeItem]]]:
    """The programme under the days it takes place on; None where the source gives no time."""
    zone = ZoneInfo(meeting.time_zone)

    def day_of(item: ProgrammeItem) -> str | None:
        if item.starts_at is None:
            return None
        heading = format_date(item.starts_at.astimezone(zone), "EEEE d MMMM", locale=get_locale() or "sv")
        return heading[:1].upper() + heading[1:]

    return [(heading, list(items)) for heading, items in groupby(meeting.programme, day_of)]


@dataclass(frozen=True)
class Turn:
    """An agenda item with its clock, as far as it can be known; after the last of a part, how late it is."""

    item: AgendaItem
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    over: int = 0


@bp.app_template_filter("turns")
def turns(meeting: Meeting) -> list[Turn]:
    """The agenda with clocks that run from the start of each part of the programme.

    A part whose start is not known gives no clock, nor does what comes after an item of unknown length.
    """
    parts = {part.id: part for part in meeting.programme}
    clocks = {number: part.starts_at for number, part in parts.items()}
    last = {item.programme_item_id: item.id for item in meeting.agenda}
    found = []
    for item in meeting.agenda:
        number = item.programme_item_id
        if number is None or number not in parts:
            found.append(Turn(item))
            continue
        start = clocks[number]
        end = start + timedelta(minutes=item.minutes) if start and item.minutes else None
        over = meeting.minutes_over(parts[number]) if last[number] == item.id else 0
        found.append(Turn(item, start, end, max(over, 0)))
        clocks[number] = end
    return found


@bp.app_template_filter("told")
def told(item: AgendaItem) -> list[Guest]:
    """The guests of whom the item's title does not already say everything."""
    return [
        guest
        for guest in item.guests
        if any(part and part not in item.title for part in (guest.name, guest.role, guest.organisation))
    ]


@bp.app_template_filter("hours")
def hours(meeting: Meeting, zone: str) -> str:
    """From when to when, as clocks in `zone` show it; the days too when there are several."""
    first, last = meeting.starts_at.astimezone(ZoneInfo(zone)), meeting.ends_at.astimezone(ZoneInfo(zone))
    start, end = clock_time(first, zone), clock_time(last, zone)
    if first.date() == last.date():
        return f"{start}–{end}"
    begins, ends = (format_date(at, "d MMMM", locale=get_locale() or "sv") for at in (first, last))
    return gettext(
        "%(begins)s kl. %(start)s till %(ends)s kl. %(end)s", begins=begins, start=start, ends=ends, end=end
    )


@bp.app_template_filter("zone_city")
def zone_city(zone: str) -> str:
    """The place that a time zone is named after: `Helsingfors`."""
    return get_timezone_location(zone, locale=get_locale() or "sv", return_city=True)
