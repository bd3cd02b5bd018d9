"""Calling a place in a thread something, so that it is found again."""

from sqlalchemy import update

from ...core.db import db
from ..models import Post
from .editing import changed
from .holding import hold_home

LONGEST_LABEL = 80


def mark(post: Post, label: str | None) -> bool:
    """Call the place of `post` by `label`, or by nothing any more; False when it is called so already."""
    hold_home(post)
    differs = Post.milestone.is_not(None) if label is None else Post.milestone.is_distinct_from(label)
    done = db.session.scalar(
        update(Post)
        .where(Post.id == post.id, differs)
        .values(milestone=label)
        .returning(Post.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        return False
    changed(post)
    db.session.refresh(post, ["milestone"])
    return True
