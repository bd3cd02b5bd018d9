"""Half-years, by which the record is read and counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ...core import clock
from ...core.db import db
from ..models import Decision, Report


@dataclass(frozen=True, order=True)
class Half:
    """Half a year in Stockholm: `half` is 1 until the end of June, then 2."""

    year: int
    half: int

    @classmethod
    def of(cls, at: datetime) -> "Half":
        day = at.astimezone(ZoneInfo(clock.STOCKHOLM)).date()
        return cls(day.year, 1 if day.month < 7 else 2)

    @classmethod
    def named(cls, name: str) -> "Half | None":
        """From `2026-1`; None for what is no half-year."""
        year, _, half = name.partition("-")
        if not (year.isascii() and year.isdigit() and len(year) == 4 and half in ("1", "2")):
            return None
        return cls(int(year), int(half)) if 2000 <= int(year) < 9000 else None

    @property
    def name(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def next(self) -> "Half":
        return Half(self.year, 2) if self.half == 1 else Half(self.year + 1, 1)

    @property
    def begins_at(self) -> datetime:
        return clock.day_begins(date(self.year, 1 if self.half == 1 else 7, 1))


def halves(now: datetime) -> list[Half]:
    """The half-years from the first report or measure until now, the latest first."""
    firsts = (select(func.min(Report.reported_at)), select(func.min(Decision.decided_at)))
    begun = [first for query in firsts if (first := db.session.scalar(query)) is not None]
    return list(_until(Half.of(min(begun)), Half.of(now)))[::-1] if begun else []


def _until(half: Half, last: Half) -> Iterator[Half]:
    while half <= last:
        yield half
        half = half.next
