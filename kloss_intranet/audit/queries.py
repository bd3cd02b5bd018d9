"""Reading the chain from its beginning, its end, and whether something has been noted already."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from ..core.db import db
from .models import AuditEntry

BATCH = 1000
UNREADABLE = (ValueError, TypeError, AttributeError, RecursionError, OperationalError)
"""What is raised where a column holds something that can be no entry's; SQLite takes anything anywhere."""


def chain(rest: Callable[[], None]) -> Iterator[tuple[int, Any]]:
    """Every entry as a plain row with its number, in order; None for one that no longer can be read.

    `rest` is done between batches.
    """
    batch = select(AuditEntry.id).order_by(AuditEntry.id).limit(BATCH)
    numbers = db.session.scalars(batch).all()
    while numbers:
        yield from _read(list(numbers))
        rest()
        numbers = db.session.scalars(batch.where(AuditEntry.id > numbers[-1])).all()


def _read(numbers: list[int]) -> Iterator[tuple[int, Any]]:
    # As plain rows, for what the session remembers of an entry is not what the table says.
    between = (AuditEntry.id >= numbers[0], AuditEntry.id <= numbers[-1])
    try:
        rows = {row.id: row for row in db.session.execute(select(*AuditEntry.__table__.c).where(*between))}
    except UNREADABLE as error:
        if isinstance(error, OperationalError) and "decode" not in str(error):
            raise  # it is the database that is out of reach
        # Something in there is no time, no JSON or no text: one by one, to find which.
        if len(numbers) == 1:
            yield numbers[0], None
            return
        for number in numbers:
            yield from _read([number])
        return
    for number in numbers:
        yield number, rows.get(number)


def hash_of(number: int) -> str:
    """The hash of the entry with this number, whatever else it is."""
    try:
        return db.session.scalar(select(AuditEntry.hash).where(AuditEntry.id == number)) or ""
    except OperationalError as error:
        if "decode" not in str(error):
            raise
        return ""


def end() -> tuple[int, str]:
    """How many entries there are, and the hash of the last; empty when there are none."""
    number = db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    last = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    return number, last or ""


def is_noted(act: str, subject: str, whence: str | None, since: datetime) -> bool:
    """Whether the act was recorded for the subject, from the same place, at `since` or later."""
    noted = select(AuditEntry.id).where(
        AuditEntry.subject == subject,
        AuditEntry.act == act,
        AuditEntry.whence.is_not_distinct_from(whence),
        AuditEntry.at >= since,
    )
    return db.session.scalar(noted.limit(1)) is not None
