"""A time zone written as two yearly rules, the one form that every calendar program reads."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

Part = TimezoneStandard | TimezoneDaylight
EARLY = 1997
"""The first whole year of Europe's rule; a program that keeps a zone once read can then use it for all."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """The clocks of a zone are moved; `at` is what they show as it happens."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_forward(self) -> bool:
        return self.after > self.before

    @property
    def rule(self) -> tuple[object, ...]:
        """What is the same in every year, when the day is always the last of its kind in the month."""
        return (self.at.month, self.at.weekday(), self.at.time(), self.before, self.after, self.name)

    @property
    def is_last_of_month(self) -> bool:
        return self.at.day + 7 > monthrange(self.at.year, self.at.month)[1]

    @property
    def week(self) -> int:
        return (self.at.day - 1) // 7 + 1


@lru_cache(maxsize=64)
def time_zone(name: str, first: int, last: int) -> Timezone:
    """The zone as it holds in the years `first` to `last`.

    Where the clocks are moved by one rule in all these years, that rule is written, from `EARLY` on if it
    held then already. Outlook reads nothing else: it passes over listed days (RDATE), and then summer's
    meetings come an hour late. Where there is no such rule, every change stands for itself.
    """
    place = ZoneInfo(name)
    zone = Timezone()
    zone.add("tzid", name)
    # From a year before, so that a change has come before the first meeting.
    for begins in sorted({min(EARLY, first - 1), first - 1}):
        changes = list(_changes(place, begins, last))
        parts = _by_rule(changes, last - begins + 1) if changes else [_part(_start(place, begins))]
        if parts:
            break
    else:
        parts = [_part(change) for change in (_start(place, begins), *changes)]
    for part in parts:
        zone.add_component(part)
    return zone


def _by_rule(changes: list[Change], years: int) -> list[Part]:
    """The two yearly rules; none when there are no such rules."""
    parts = []
    for is_forward in (False, True):
        each = [change for change in changes if change.is_forward is is_forward]
        day = _yearly_day(each, years)
        if day is None:
            return []
        part = _part(each[0])
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": each[0].at.month, "BYDAY": day})
        parts.append(part)
    return parts


def _part(change: Change) -> Part:
    part = TimezoneDaylight() if change.is_forward else TimezoneStandard()
    part.add("dtstart", change.at)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    return part


def _yearly_day(changes: list[Change], years: int) -> str | None:
    """The day as a rule says it, `-1SU`; None when the changes follow no such rule once in each year."""
    if len(changes) != years or len({change.rule for change in changes}) != 1:
        return None
    day = DAYS[changes[0].at.weekday()]
    if all(change.is_last_of_month for change in changes):
        return f"-1{day}"
    weeks = {change.week for change in changes}
    return f"{weeks.pop()}{day}" if len(weeks) == 1 else None


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[Change]:
    """Every move of the clocks in the years `first` to `last`, by a look at each day."""
    begins = datetime(first, 1, 1, tzinfo=UTC)
    days = (datetime(last + 1, 1, 1, tzinfo=UTC) - begins).days
    for low, high in pairwise(begins + timedelta(days=number) for number in range(days + 1)):
        before, after = _offset(zone, low), _offset(zone, high)
        if before != after:
            at = _moment(zone, low, high)
            shown = (at + before).replace(tzinfo=None)
            yield Change(shown, before, after, at.astimezone(zone).tzname() or zone.key)


def _moment(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second at which the offset changes between `low` and `high`."""
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _start(zone: ZoneInfo, year: int) -> Change:
    """A zone that keeps one time, written as a change that changes nothing."""
    begins = datetime(year, 1, 1, tzinfo=zone)
    offset = begins.utcoffset() or timedelta()
    return Change(begins.replace(tzinfo=None), offset, offset, begins.tzname() or zone.key)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
