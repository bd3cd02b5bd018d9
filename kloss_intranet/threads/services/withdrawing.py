"""Taking a post back, and undoing that: the post stays where it was, without its wording."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...mail.models import Letter
from ...mail.services import stops
from ..models import Post
from ..queries.notices import POST_OF_LETTER
from .editing import changed
from .holding import hold_home
from .publishing import tally

UNDO = timedelta(days=30)
"""How long a withdrawal can be undone."""


def withdraw(post: Post, author: Actor) -> bool:
    """Take the wording of `post` from all pages; False when that is done already, or it is hidden."""
    if not _move(post, Post.stands, clock.now()):
        return False
    tally(post.thread_id, post.relation, -1)
    record("post.withdraw", f"post:{post.id}", author.member_id)
    return True


def restore(post: Post, author: Actor) -> bool:
    """Give `post` its wording back; False when it is there or hidden. Raises Refusal when it is too late."""
    if post.withdrawn_at is not None and not can_restore(post):
        raise Refusal(
            text("Ett tillbakadragande kan ångras i %(days)d dagar, och den tiden har gått."),
            status=409,
            days=UNDO.days,
        )
    if not _move(post, and_(Post.withdrawn_at.is_not(None), Post.hidden_at.is_(None)), None):
        return False
    tally(post.thread_id, post.relation, +1)
    record("post.restore", f"post:{post.id}", author.member_id)
    return True


def can_restore(post: Any) -> bool:
    """Whether the withdrawal of `post`, or of its row, can still be undone."""
    return post.withdrawn_at is not None and clock.now() - post.withdrawn_at <= UNDO


@stops
def _about_what_is_gone(letter_ids: Collection[int]) -> set[int]:
    """A letter that has waited must not carry words that have been taken back or hidden meanwhile."""
    told = select(Letter.id).join(Post, Post.id == POST_OF_LETTER)
    return set(db.session.scalars(told.where(Letter.id.in_(letter_ids), ~Post.stands)))


def _move(post: Post, still: Any, to: Any) -> bool:
    """Set `withdrawn_at`, once, however many ask at the same time."""
    hold_home(post)
    moved = db.session.scalar(
        update(Post)
        .where(Post.id == post.id, still)
        .values(withdrawn_at=to)
        .returning(Post.id)
        .execution_options(synchronize_session=False)
    )
    if moved is None:
        return False
    changed(post)
    db.session.refresh(post, ["withdrawn_at", "relation"])
    return True
