"""What the pages call a deadline."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...core.language import day, moment
from .blueprint import bp


@bp.app_template_filter("deadline")
def deadline(at: datetime, zone: str) -> str:
    """The day and the time; the day alone where all of it may be used: midnight is easily misread."""
    shown = at.astimezone(ZoneInfo(zone))
    if shown.time() == time(0):
        return day((shown - timedelta(microseconds=1)).date())
    return moment(at, zone)
