"""Days and clock times as they are typed, in a meeting's own zone, made into instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...core import clock
from ...core.words import Refusal, text

YEARS = range(2017, 2100)


class Ambiguous(Refusal):
    """Clocks show the time twice that night, and it was not said which of the two is meant."""


def instant(day: date, at: time, zone: str, *, field: str, which: str = "") -> datetime:
    """The instant when clocks in `zone` show `at` on `day`; `which`: first or second, if they do so twice.

    Raises Refusal about `field` when no clock shows it, and Ambiguous when two do and `which` is empty.
    """
    in_time(day, field)
    try:
        first = clock.local(day, at, zone)
    except ValueError:
        sentence = text("Klockan blir aldrig %(at)s den dagen: sommartiden börjar och en timme hoppas över.")
        raise Refusal(sentence, field=field, at=f"{at:%H.%M}") from None
    second = datetime.combine(day, at, ZoneInfo(zone)).replace(fold=1).astimezone(UTC)
    if second == first:
        return first
    if which not in ("first", "second"):
        sentence = text("Klockan är %(at)s två gånger den natten: sommartiden slutar. Välj vilken av dem.")
        raise Ambiguous(sentence, field=field, at=f"{at:%H.%M}")
    return second if which == "second" else first


def in_time(day: date, field: str) -> None:
    """Raises Refusal for a year that no meeting of the network can have."""
    if day.year not in YEARS:
        raise Refusal(text("Året går inte att läsa. Skriv det med fyra siffror."), field=field)


def day_after(day: date, field: str) -> date:
    """The next day. Raises Refusal about `field` for a year that no meeting of the network can have."""
    in_time(day, field)
    return day + timedelta(days=1)


def which_of_two(at: datetime, zone: str) -> str:
    """`first` or `second` when clocks in `zone` show this time twice, else nothing."""
    shown = at.astimezone(ZoneInfo(zone))
    if shown.replace(fold=0).utcoffset() == shown.replace(fold=1).utcoffset():
        return ""
    return "second" if shown.fold else "first"


def day_up_to(at: datetime, zone: str) -> date:
    """The last local day that lies whole or in part before `at`."""
    return (at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
