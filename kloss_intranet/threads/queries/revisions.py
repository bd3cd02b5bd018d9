"""A post with all its wordings."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ..models import Post, Revision, Thread

WORDINGS = 10
"""Wordings on a page."""


@dataclass(frozen=True)
class Wording:
    """How a post was worded from `written_at` on; the first has the number 1."""

    number: int
    is_present: bool
    body: str
    body_html: str
    policy: int
    relation: str | None
    aspect: str | None
    factor: str | None
    context: str | None
    written_at: datetime


def whole_post(post_id: int) -> Post | None:
    """The post with its thread, theme and meeting."""
    thread = joinedload(Post.thread)
    return db.session.scalar(
        select(Post)
        .where(Post.id == post_id)
        .options(thread.joinedload(Thread.meeting), thread.joinedload(Thread.theme))
    )


def wordings(post: Post, below: int | None = None) -> list[Wording]:
    """A page of the wordings of `post` and one more, newest first; `below` leaves out that number and on."""
    query = (
        select(Revision)
        .where(Revision.post_id == post.id)
        .order_by(Revision.number.desc())
        .limit(WORDINGS + 1)
    )
    if below is not None:
        query = query.where(Revision.number < below)
    found = [_wording(kept, kept.number, kept.written_at) for kept in db.session.scalars(query)]
    if below is None:
        number = found[0].number + 1 if found else 1
        found.insert(0, _wording(post, number, post.edited_at or post.posted_at, is_present=True))
    return found


def _wording(
    kept: Post | Revision, number: int, written_at: datetime, *, is_present: bool = False
) -> Wording:
    return Wording(
        number=number,
        is_present=is_present,
        body=kept.body,
        body_html=kept.body_html,
        policy=kept.policy,
        relation=kept.relation,
        aspect=kept.aspect,
        factor=kept.factor,
        context=kept.context,
        written_at=written_at,
    )
