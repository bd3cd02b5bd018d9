"""Which letters wait, and which of them a deliverer may take."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from ..core.db import db
from ..members.models import Member
from .models import Letter


def waiting() -> int:
    """How many letters are still to be sent."""
    count = select(func.count()).where(Letter.sent_at.is_(None))
    return db.session.scalar(count) or 0


def claim(now: datetime, lease: timedelta, most: int) -> list[Letter]:
    """Take up to `most` letters that are due, oldest first; nobody else gets them until the lease is over.

    Two deliverers at work never get the same letter: SQLite has one writer, PostgreSQL skips what is locked.
    """
    # A CTE, so that PostgreSQL runs the limited query once.
    due = (
        select(Letter.id)
        .where(
            Letter.sent_at.is_(None),
            Letter.due_at <= now,
            or_(Letter.leased_until.is_(None), Letter.leased_until <= now),
        )
        .order_by(Letter.due_at, Letter.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte()
    )
    taken = (
        update(Letter)
        .where(Letter.id.in_(select(due.c.id)))
        .values(leased_until=now + lease)
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return sorted(db.session.scalars(taken), key=lambda letter: letter.id)


def to_others_than(
    readers: Callable[[], Iterable[Member]], letter_ids: Collection[int], *keys: str
) -> set[int]:
    """Of these letters, those whose key begins with one of `keys` and whose reader is not among `readers`.

    Who those are is asked only when there is such a letter.
    """
    begins = or_(*(Letter.key.startswith(key) for key in keys))
    waiting = db.session.execute(
        select(Letter.id, Letter.member_id).where(Letter.id.in_(letter_ids), begins)
    ).all()
    if not waiting:
        return set()
    meant = {member.id for member in readers()}
    return {letter_id for letter_id, member_id in waiting if member_id not in meant}
