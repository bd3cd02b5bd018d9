"""Which posts stay folded for a reader of a thread where one writes first."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, select, true, union
from sqlalchemy.orm import aliased

from ...core import clock
from ...core.db import db
from ...core.policy import Actor, Permission, may
from ...meetings.models import Meeting, Phase
from ..models import Audience, Post, Thread, Unfolding

Own = aliased(Post)


def folded_phase(reader: Actor, thread: Thread) -> Phase | None:
    """The phase whose posts stay folded for `reader`; the thread has its meeting. At most one statement.

    It is the present one, where the thread asks to write first and the reader may write there, has not,
    and has not chosen to see.
    """
    if not thread.write_first or not may(reader, Permission.POST_WRITE, thread):
        return None
    now = clock.now()
    phase = thread.meeting.phase_at(now)
    wrote = exists().where(
        Own.thread_id == thread.id, Own.member_id == reader.member_id, *_within(thread.meeting, phase)
    )
    chose = exists().where(
        Unfolding.thread_id == thread.id, Unfolding.member_id == reader.member_id, Unfolding.phase == phase
    )
    return None if db.session.scalar(select(or_(wrote, chose))) else phase


def is_folded(reader: Actor, thread: Thread, post: Post) -> bool:
    """Whether `post` of `thread`, which has its meeting, is folded for `reader`."""
    if not thread.write_first or post.member_id == reader.member_id:
        return False
    return thread.meeting.phase_at(post.posted_at) is folded_phase(reader, thread)


def seeing(thread: Thread, phase: Phase) -> set[int]:
    """The members who have written in this phase of `thread` or chosen to see it."""
    wrote = select(Own.member_id).where(Own.thread_id == thread.id, *_within(thread.meeting, phase))
    chose = select(Unfolding.member_id).where(Unfolding.thread_id == thread.id, Unfolding.phase == phase)
    return set(db.session.scalars(union(wrote, chose)))


def folded(reader: Actor, now: Any = None) -> ColumnElement[bool]:
    """The same answer for the posts of a query that joins Post with Thread and Meeting."""
    now = clock.now() if now is None else now
    # Said outright, for the condition may stand in a query within a query.
    around = (Thread, Meeting)
    wrote = exists().where(
        Own.thread_id == Thread.id, Own.member_id == reader.member_id, _is_present(Own.posted_at, now)
    )
    present = case(
        (Meeting.starts_at > now, Phase.BEFORE.value),
        (Meeting.ends_at > now, Phase.DURING.value),
        else_=Phase.AFTER.value,
    )
    chose = exists().where(
        Unfolding.thread_id == Thread.id,
        Unfolding.member_id == reader.member_id,
        Unfolding.phase == present,
    )
    return and_(
        Thread.write_first,
        Thread.closed_at.is_(None),
        _writes(reader),
        Post.member_id != reader.member_id,
        _is_present(Post.posted_at, now),
        ~wrote.correlate(*around),
        ~chose.correlate(*around),
    )


def _writes(reader: Actor) -> ColumnElement[bool]:
    """The threads that `reader` may write in while they are open, as policy.POST_WRITE has it."""
    if reader.in_steering:
        return true()
    if reader.in_network:
        return or_(Thread.audience == Audience.NETWORK, as_admitted(reader))
    return as_admitted(reader)


def as_admitted(reader: Actor) -> ColumnElement[bool]:
    """The threads of single meetings that `reader` has been let into, as a guest or in somebody's place."""
    ways = []
    if reader.invited:
        ways.append(and_(Thread.for_guests, Thread.meeting_id.in_(sorted(reader.invited))))
    if reader.standing_in:
        here = Thread.meeting_id.in_(sorted(reader.standing_in))
        ways.append(and_(Thread.audience == Audience.NETWORK, here))
    return or_(*ways) if ways else false()


def _is_present(at: Any, now: Any) -> ColumnElement[bool]:
    """`at` lies in the phase of its meeting that is now."""
    return or_(
        and_(Meeting.starts_at > now, at < Meeting.starts_at),
        and_(Meeting.starts_at <= now, Meeting.ends_at > now, at >= Meeting.starts_at, at < Meeting.ends_at),
        and_(Meeting.ends_at <= now, at >= Meeting.ends_at),
    )


def _within(meeting: Meeting, phase: Phase) -> list[ColumnElement[bool]]:
    if phase is Phase.BEFORE:
        return [Own.posted_at < meeting.starts_at]
    if phase is Phase.DURING:
        return [Own.posted_at >= meeting.starts_at, Own.posted_at < meeting.ends_at]
    return [Own.posted_at >= meeting.ends_at]
