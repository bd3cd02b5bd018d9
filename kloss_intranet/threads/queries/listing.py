"""Lists of threads, only those that the reader may see."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, select, true
from sqlalchemy.orm import contains_eager

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ..models import Audience, Post, Reading, Thread


def visible(reader: Actor) -> ColumnElement[bool]:
    """The same answer as the permission thread:read, for lists."""
    if reader.in_steering:
        return true()
    if reader.in_network:
        return Thread.audience == Audience.NETWORK
    if reader.reads_until is not None:
        return and_(Thread.audience == Audience.NETWORK, Thread.opened_at < reader.reads_until)
    return false()


def thread_list(reader: Actor, *belongs: ColumnElement[bool]) -> list[Thread]:
    """Visible threads for which `belongs` hold, with their meetings, the latest written first."""
    query = (
        select(Thread)
        .join(Thread.meeting)
        .where(visible(reader), *belongs)
        .options(contains_eager(Thread.meeting))
        .order_by(Meeting.starts_at.desc(), Thread.id)
        .limit(200)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class NewThread:
    """A thread with posts that the reader has not read; `unread` counts them."""

    id: int
    title: str
    unread: int
    seq: int
    meeting: Any


def unread_threads(reader: Actor, limit: int = 10) -> list[NewThread]:
    """Visible threads with posts above the reader's mark, the latest first."""
    mark = func.coalesce(Reading.seq, 0)
    query = (
        select(Thread, mark)
        .join(Thread.meeting)
        .outerjoin(Reading, and_(Reading.thread_id == Thread.id, Reading.member_id == reader.member_id))
        .where(visible(reader), Thread.last_seq > mark)
        .options(contains_eager(Thread.meeting))
        .order_by(Thread.last_posted_at.desc())
        .limit(limit)
    )
    return [
        NewThread(thread.id, thread.title, thread.last_seq - seq, seq, thread.meeting)
        for thread, seq in db.session.execute(query)
    ]


def unwritten_threads(reader: Actor, meeting_id: int) -> list[Thread]:
    """Open network threads of the meeting in which the reader has not written."""
    wrote = exists().where(Post.thread_id == Thread.id, Post.member_id == reader.member_id)
    query = (
        select(Thread)
        .where(
            Thread.meeting_id == meeting_id,
            Thread.audience == Audience.NETWORK,
            Thread.closed_at.is_(None),
            ~wrote,
        )
        .order_by(Thread.id)
    )
    return list(db.session.scalars(query))
