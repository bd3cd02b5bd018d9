"""The places in a thread that posts have left, and those that have a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...core.db import db
from ...core.policy import Actor
from ..models import Post, PostMove
from .unread import in_time


@dataclass(frozen=True)
class Gap:
    """The place that a post has left."""

    seq: int
    post_id: int
    posted_at: datetime
    moved_at: datetime


def gaps(thread_id: int, first: int, last: int, until: datetime | None) -> list[Gap]:
    """The places from `first` to `last` that posts have left, of posts from before `until`."""
    columns = (PostMove.seq, PostMove.post_id, PostMove.posted_at, PostMove.moved_at)
    query = select(*columns).where(
        PostMove.thread_id == thread_id, PostMove.seq >= first, PostMove.seq <= last
    )
    if until is not None:
        query = query.where(PostMove.posted_at < until)
    return [Gap(*row) for row in db.session.execute(query.order_by(PostMove.seq))]


@dataclass(frozen=True)
class Milestone:
    post_id: int
    label: str | None
    posted_at: datetime


def milestones(reader: Actor, thread_id: int) -> list[Milestone]:
    """The places in the thread that have been given a name, in the order of time."""
    query = (
        select(Post.id, Post.milestone, Post.posted_at)
        .where(Post.thread_id == thread_id, Post.milestone.is_not(None), Post.stands, *in_time(reader))
        .order_by(Post.posted_at, Post.seq)
    )
    return [Milestone(*row) for row in db.session.execute(query)]
