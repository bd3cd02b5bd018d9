"""The time of day: the one place that asks the machine, and the arithmetic of local days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = "Europe/Stockholm"


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.now(UTC)


def today(zone: str = STOCKHOLM) -> date:
    """The day it is in `zone`."""
    return now().astimezone(ZoneInfo(zone)).date()


def local(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) when clocks in `zone` show `at` on `day`.

    Raises ValueError when no clock shows it: the hour that is skipped when summer time begins.
    """
    instant = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != datetime.combine(day, at):
        raise ValueError(f"{day} {at} does not exist in {zone}")
    return instant


def day_begins(day: date, zone: str = STOCKHOLM) -> datetime:
    """The instant (UTC) when `day` begins in `zone`."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def day_ends(day: date, zone: str = STOCKHOLM) -> datetime:
    """The instant (UTC) when the day after `day` begins in `zone`."""
    return day_begins(day + timedelta(days=1), zone)
