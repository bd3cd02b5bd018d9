"""Lists of threads, only those that the reader may see, as plain rows."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select, true

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting, MeetingMode
from ..models import Audience, Post, PostMove, Reading, Thread
from .folding import as_admitted
from .unread import (
    MARK,
    Kind,
    has_unread,
    in_time,
    kind,
    marked,
    nth_unread,
    one_of,
    unread_count,
    who_and_when,
)

LISTED = 200
"""Threads in a list."""


def visible(reader: Actor) -> ColumnElement[bool]:
    """The same answer as the permission thread:read, for lists; of threads that were merged, the one kept."""
    return and_(Thread.merged_into_id.is_(None), _open_to(reader))


def _open_to(reader: Actor) -> ColumnElement[bool]:
    if reader.in_steering:
        return true()
    if reader.in_network:
        return Thread.audience == Audience.NETWORK
    admitted = as_admitted(reader)
    if reader.reads_until is not None:
        in_term = and_(Thread.audience == Audience.NETWORK, Thread.opened_at < reader.reads_until)
        return or_(in_term, admitted)
    return admitted


@dataclass(frozen=True)
class MeetingLine:
    """What a list says of a meeting."""

    id: int
    slug: str
    title: str | None
    place: str | None
    mode: MeetingMode | None
    starts_at: datetime
    ends_at: datetime
    times_known: bool
    time_zone: str
    hosts: tuple[Any, ...] = ()

    @property
    def starts_on(self) -> date:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()


@dataclass(frozen=True)
class ListedThread:
    """A thread in a list; `unread` counts to at most unread.MOST."""

    id: int
    title: str
    audience: Audience
    last_seq: int
    mark: int
    unread: int
    posts: int
    """How many there are; fewer than `last_seq` when some have been moved elsewhere."""
    is_pinned: bool
    is_locked: bool
    meeting: MeetingLine
    until: int | None = None
    """The last unread post to tell of, when there are more."""


MEETING = (
    Meeting.id,
    Meeting.slug,
    Meeting.title,
    Meeting.place,
    Meeting.mode,
    Meeting.starts_at,
    Meeting.ends_at,
    Meeting.times_known,
    Meeting.time_zone,
)


@lru_cache(maxsize=64)
def _listed(kind: Kind, told: int | None = None) -> Select[*tuple[Any, ...]]:
    """Rows that _made understands; with `told`, only threads with something unread."""
    reader = one_of(kind)
    more = () if told is None else (nth_unread(reader, told),)
    last: ColumnElement[int] = Thread.last_seq.expression
    moved = select(func.count()).select_from(PostMove).where(PostMove.thread_id == Thread.id)
    if timed := in_time(reader):
        # How many came later is nothing for one who has left.
        seen = select(func.max(Post.seq)).where(Post.thread_id == Thread.id, *timed)
        last = func.coalesce(seen.correlate(Thread).scalar_subquery(), 0)
        moved = moved.where(PostMove.posted_at < reader.reads_until)
    query: Select[*tuple[Any, ...]] = (
        select(
            Thread.id,
            Thread.title,
            Thread.audience,
            last,
            MARK,
            unread_count(reader),
            last - moved.scalar_subquery(),
            Thread.pinned_at.is_not(None),
            Thread.closed_at.is_not(None),
            *MEETING,
            *more,
        )
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Reading, marked(reader))
        .where(visible(reader))
    )
    if told is None:
        return query
    return query.where(has_unread(reader)).order_by(Meeting.starts_at.desc(), Meeting.id, Thread.id)


def thread_list(reader: Actor, *belongs: ColumnElement[bool]) -> list[ListedThread]:
    """Visible threads for which `belongs` hold, the latest meeting's first, pinned ones foremost."""
    pinned_first = case((Thread.pinned_at.is_(None), 1), else_=0)
    query = _listed(kind(reader)).where(*belongs)
    query = query.order_by(Meeting.starts_at.desc(), Meeting.id, pinned_first, Thread.id).limit(LISTED)
    return _threads(query, reader)


def _threads(query: Select[*tuple[Any, ...]], reader: Actor) -> list[ListedThread]:
    meetings: dict[int, MeetingLine] = {}
    return [_made(row, meetings) for row in db.session.execute(query, who_and_when(reader))]


def _made(row: Any, meetings: dict[int, MeetingLine]) -> ListedThread:
    """Threads of one meeting share its line."""
    meeting = meetings.get(row[9])
    if meeting is None:
        meeting = meetings[row[9]] = MeetingLine(*row[9:18])
    said = (*row[:9], meeting, row[18] if len(row) > 18 else None)
    return ListedThread(*said)


def unread_threads(
    reader: Actor, limit: int = 10, *, after: int | None = None, told: int = 1
) -> list[ListedThread]:
    """Visible threads with something unread, those of the latest meeting first.

    `after` is the last thread of the page before; `until` becomes the `told`-th unread post.
    """
    first = _unread(kind(reader), told, limit)
    return _threads(first if after is None else first.where(_beyond(after)), reader)


@lru_cache(maxsize=64)
def _unread(kind: Kind, told: int, limit: int) -> Select[*tuple[Any, ...]]:
    return _listed(kind, told).limit(limit)


def _beyond(thread_id: int) -> ColumnElement[bool]:
    """After the thread in the order of unread_threads, whether it still is there or not."""
    start, meeting = (
        select(column)
        .where(Meeting.id == select(Thread.meeting_id).where(Thread.id == thread_id).scalar_subquery())
        .correlate(None)
        .scalar_subquery()
        for column in (Meeting.starts_at, Meeting.id)
    )
    same = Meeting.starts_at == start
    return or_(
        Meeting.starts_at < start,
        and_(same, Meeting.id > meeting),
        and_(same, Meeting.id == meeting, Thread.id > thread_id),
    )


@dataclass(frozen=True)
class Asked:
    """A thread where the reader has not written."""

    id: int
    title: str


UNWRITTEN = (
    select(Thread.id, Thread.title)
    .where(
        Thread.meeting_id == bindparam("meeting"),
        Thread.audience == Audience.NETWORK,
        Thread.closed_at.is_(None),
        ~exists().where(Post.thread_id == Thread.id, Post.member_id == bindparam("member")),
    )
    .order_by(Thread.id)
)


def unwritten_threads(reader: Actor, meeting_id: int) -> list[Asked]:
    """Open network threads of the meeting in which the reader has not written."""
    found = db.session.execute(UNWRITTEN, {"meeting": meeting_id, "member": reader.member_id})
    return [Asked(number, title) for number, title in found]
