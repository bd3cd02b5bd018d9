"""Putting letters into the outbox, and taking their lines off the reader's home page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from ..core import clock
from ..core.db import db
from ..members.models import Member
from .models import Letter


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes, without the rest of the member."""

    id: int
    email: str
    language: str


@dataclass(frozen=True)
class Draft:
    """A letter to be put into the outbox; `path` names the page it tells of, if any.

    `calendar` is an iCalendar text that goes along.
    """

    key: str
    to: Addressee | Member
    subject: str
    plain: str
    html: str
    conversation: str | None = None
    path: str | None = None
    calendar: str | None = None


def enqueue(
    key: str,
    to: Addressee | Member,
    *,
    subject: str,
    plain: str,
    html: str,
    conversation: str | None = None,
    path: str | None = None,
) -> Letter | None:
    """Add a letter to the transaction at hand; None when `key` has one already."""
    if db.session.scalar(select(Letter.id).where(Letter.key == key)):
        return None
    letter = Letter(**_row(Draft(key, to, subject, plain, html, conversation, path), clock.now()))
    db.session.add(letter)
    return letter


def enqueue_all(drafts: Collection[Draft]) -> None:
    """Add letters in two statements, however many; those whose `key` has one already are left out."""
    if not drafts:
        return
    known = set(db.session.scalars(select(Letter.key).where(Letter.key.in_([each.key for each in drafts]))))
    now = clock.now()
    rows = [_row(each, now) for each in drafts if each.key not in known]
    if rows:
        db.session.execute(insert(Letter), rows)


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        "key": draft.key,
        "member_id": draft.to.id,
        "address": draft.to.email,
        "subject": draft.subject,
        "plain": draft.plain,
        "html": draft.html,
        "language": draft.to.language,
        "conversation": draft.conversation,
        "path": draft.path,
        "calendar": draft.calendar,
        "created_at": now,
        "due_at": now,
    }


def seen(member_id: int, *which: ColumnElement[bool]) -> None:
    """Take the lines of the letters for which `which` hold, or of all, off the member's home page.

    A letter that still waits is sent all the same.
    """
    db.session.execute(
        update(Letter)
        .where(Letter.member_id == member_id, Letter.seen_at.is_(None), Letter.path.is_not(None), *which)
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def supersede(member_ids: Collection[int], *which: ColumnElement[bool]) -> None:
    """Newer letters take the place of the members' letters for which `which` hold.

    Those that nobody has begun to send are thrown away; the others leave the home page.
    """
    now = clock.now()
    old = (Letter.member_id.in_(member_ids), *which)
    idle = (Letter.sent_at.is_(None), or_(Letter.leased_until.is_(None), Letter.leased_until <= now))
    gone = delete(Letter).where(*old, *idle)
    db.session.execute(gone.execution_options(synchronize_session=False))
    read = update(Letter).where(*old, Letter.seen_at.is_(None), Letter.path.is_not(None))
    db.session.execute(read.values(seen_at=now).execution_options(synchronize_session=False))


Barrier = Callable[[Collection[int]], set[int]]
_barriers: list[Barrier] = []


def stops(barrier: Barrier) -> Barrier:
    """Register a function that names, of the letters with the given ids, those that must not go any more."""
    if barrier not in _barriers:
        _barriers.append(barrier)
    return barrier


def drop_stopped(letter_ids: Collection[int]) -> set[int]:
    """Throw away the letters that must not go any more, and give their ids."""
    stopped = set[int]().union(*(barrier(letter_ids) for barrier in _barriers)) if letter_ids else set()
    if stopped:
        db.session.execute(
            delete(Letter).where(Letter.id.in_(stopped)).execution_options(synchronize_session=False)
        )
    return stopped


@stops
def _of_closed_accounts(letter_ids: Collection[int]) -> set[int]:
    of_ids = select(Letter.id).where(Letter.id.in_(letter_ids))
    closed = of_ids.join(Member, Member.id == Letter.member_id).where(Member.closed_at.is_not(None))
    return set(db.session.scalars(closed))
