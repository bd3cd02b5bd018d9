"""What a reader has not read: counts that stop at a hundred, and where the first of it stands."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, exists, func, not_, select

from ...core import clock
from ...core.db import UtcDateTime, db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ..models import Post, Reading, Thread
from .folding import folded

MOST = 100
"""Counting stops here, so that no list grows slow with what is unread."""

MARK = func.coalesce(Reading.seq, 0)


NOW = bindparam("now", type_=UtcDateTime())
Kind = tuple[bool, bool, frozenset[int], frozenset[int], datetime | None]


def kind(reader: Actor) -> Kind:
    """All of a reader that shapes a statement; those who share it share the statement, built once."""
    return reader.in_network, reader.in_steering, reader.invited, reader.standing_in, reader.reads_until


def one_of(kind: Kind) -> Actor:
    """Any reader of the kind, with a parameter in place of who it is."""
    in_network, in_steering, invited, standing_in, reads_until = kind
    member: Any = bindparam("member", type_=Integer())
    return Actor(
        token="",
        session_id=0,
        member_id=member,
        name="",
        title=None,
        language="",
        mandate_id=1 if in_network else None,
        institution_id=None,
        roles=frozenset({"steering"} if in_steering else ()),
        hosted=frozenset(),
        invited=invited,
        standing_in=standing_in,
        reads_until=reads_until,
    )


def who_and_when(reader: Actor) -> dict[str, Any]:
    """The parameters of a statement that was built for one of a kind."""
    return {"member": reader.member_id, "now": clock.now()}


@dataclass(frozen=True)
class Standing:
    """How far a reader has read, and the first post after it that is unread."""

    mark: int
    next: int | None


def marked(reader: Actor) -> ColumnElement[bool]:
    """Joins Thread with the mark that `reader` has in it, if any."""
    return and_(Reading.thread_id == Thread.id, Reading.member_id == reader.member_id)


def in_time(reader: Actor) -> list[ColumnElement[bool]]:
    """Posts that one who has left the network may see: those from before."""
    until = None if reader.in_network else reader.reads_until
    return [] if until is None else [Post.posted_at < until]


def unread(reader: Actor) -> ColumnElement[bool]:
    """Post is unread, in a query that knows Thread, Meeting, the mark, and the parameter `now`.

    One's own posts never are, nor those that are withdrawn or hidden, or folded until one has written.
    """
    return and_(
        Post.thread_id == Thread.id,
        Post.seq > MARK,
        Post.member_id != reader.member_id,
        Post.stands,
        *in_time(reader),
        not_(folded(reader, NOW)),
    )


def has_unread(reader: Actor) -> ColumnElement[bool]:
    """Thread has something unread."""
    return and_(Thread.last_seq > MARK, exists().where(unread(reader)))


def unread_count(reader: Actor) -> ColumnElement[int]:
    """How many posts of Thread are unread, at most MOST."""
    some = select(Post.id).where(unread(reader)).limit(MOST).correlate(Thread, Meeting, Reading).subquery()
    number = select(func.count()).select_from(some).scalar_subquery()
    return case((Thread.last_seq > MARK, number), else_=0)


def nth_unread(reader: Actor, number: int) -> ColumnElement[Any]:
    """The `seq` of the unread post with this number of Thread, counted from 1; none when there are fewer."""
    return (
        select(Post.seq)
        .where(unread(reader))
        .order_by(Post.seq)
        .limit(1)
        .offset(number - 1)
        .correlate(Thread, Meeting, Reading)
        .scalar_subquery()
    )


def standing(thread: Thread, reader: Actor) -> Standing:
    """Where `reader` stands in `thread`."""
    if not thread.write_first:
        until = None if reader.in_network else reader.reads_until
        asked = {"thread": thread.id, "member": reader.member_id} | ({"until": until} if until else {})
        return Standing(*db.session.execute(_unfolded(until is not None), asked).one())
    row = db.session.execute(
        select(MARK, nth_unread(reader, 1))
        .select_from(Thread)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Reading, marked(reader))
        .where(Thread.id == thread.id),
        {"now": clock.now()},
    ).one()
    return Standing(*row)


@cache
def _unfolded(is_former: bool) -> Select[Any]:
    """The same where nothing is folded: every page of a thread asks, so the statement is built once."""
    thread: Any = bindparam("thread")
    member: Any = bindparam("member")
    mark = func.coalesce(
        select(Reading.seq).where(Reading.thread_id == thread, Reading.member_id == member).scalar_subquery(),
        0,
    )
    first = select(Post.seq).where(
        Post.thread_id == thread, Post.seq > mark, Post.member_id != member, Post.stands
    )
    if is_former:
        first = first.where(Post.posted_at < bindparam("until"))
    return select(mark, first.order_by(Post.seq).limit(1).scalar_subquery())


def first_folded(thread_id: int, reader: Actor) -> int | None:
    """The `seq` of the first post that is folded for `reader`: reading does not go past it."""
    found: int | None = db.session.scalar(_folded(select(func.min(Post.seq)), thread_id, reader))
    return found


def folded_count(thread_id: int, reader: Actor) -> int:
    """How many posts are folded for `reader`."""
    return db.session.scalar(_folded(select(func.count(Post.id)), thread_id, reader)) or 0


def _folded(query: Select[Any], thread_id: int, reader: Actor) -> Select[Any]:
    return (
        query.join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .where(Post.thread_id == thread_id, folded(reader))
    )
