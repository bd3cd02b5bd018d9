"""What a coordinator can choose among: threads with the same readers, meetings, and posts of a thread."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from ...core.db import db
from ...meetings.models import Meeting, MeetingState
from ...threads.models import Post, Thread
from ...threads.queries import PAGE

MOST = 1000
EXCERPT = 200
"""Characters of a post that are fetched to tell it by."""


@dataclass(frozen=True)
class Choice:
    id: int
    title: str
    meeting: Meeting


def threads_like(thread: Thread) -> list[Choice]:
    """The threads that posts of this one can pass to, by who reads them and on what terms.

    Those of its own meeting come first, then the latest meetings'.
    """
    alike = [
        Thread.id != thread.id,
        Thread.merged_into_id.is_(None),
        Thread.audience == thread.audience,
        Thread.for_guests == thread.for_guests,
    ]
    if thread.write_first:
        alike.append(Thread.write_first.is_(True))
    if thread.for_guests:
        alike.append(Thread.meeting_id == thread.meeting_id)
    query = (
        select(Thread.id, Thread.title, Meeting)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .where(and_(*alike))
        .order_by(Meeting.starts_at.desc(), Thread.title)
        .limit(MOST)
    )
    found = [Choice(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda choice: choice.meeting.id != thread.meeting_id)


def meetings_but(meeting: Meeting) -> list[Meeting]:
    """Every other meeting that is not cancelled, the latest first."""
    others = (Meeting.id != meeting.id, Meeting.state != MeetingState.CANCELLED)
    query = select(Meeting).where(*others).order_by(Meeting.starts_at.desc()).limit(MOST)
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Line:
    """A post in few words; `words` is empty when it does not stand."""

    id: int
    seq: int
    signed_name: str
    posted_at: datetime
    words: str
    is_reply: bool


def posts(thread_id: int, first: int) -> list[Line]:
    """A page of the thread's posts from the place `first` on, and one more."""
    query = (
        select(Post).where(Post.thread_id == thread_id, Post.seq >= first).order_by(Post.seq).limit(PAGE + 1)
    )
    return [
        Line(
            post.id,
            post.seq,
            post.signed_name,
            post.posted_at,
            post.body[:EXCERPT] if post.stands else "",
            post.parent_id is not None,
        )
        for post in db.session.scalars(query)
    ]
