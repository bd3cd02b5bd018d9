"""Locking a thread for new posts, with words at its end, and pinning it first at its meeting."""

from typing import Any

from sqlalchemy import update

from ...core import clock
from ...core.db import db
from ..models import Thread


def lock(thread: Thread, words: str | None) -> bool:
    """Take no more posts; all stays readable. False when that is done already."""
    still = (Thread.closed_at.is_(None), Thread.merged_into_id.is_(None))
    return _set(thread, *still, closed_at=clock.now(), closing_words=words or None)


def unlock(thread: Thread) -> bool:
    """Take posts again; False when it does."""
    still = (Thread.closed_at.is_not(None), Thread.merged_into_id.is_(None))
    return _set(thread, *still, closed_at=None, closing_words=None)


def pin(thread: Thread) -> bool:
    """Let it stand first among the threads of its meeting; False when it does."""
    return _set(thread, Thread.pinned_at.is_(None), Thread.merged_into_id.is_(None), pinned_at=clock.now())


def unpin(thread: Thread) -> bool:
    """Let it stand among the others; False when it does."""
    return _set(thread, Thread.pinned_at.is_not(None), pinned_at=None)


def _set(thread: Thread, *still: Any, **values: Any) -> bool:
    """Once, however many ask at the same time."""
    done = db.session.scalar(
        update(Thread)
        .where(Thread.id == thread.id, *still)
        .values(**values, changes=Thread.changes + 1)
        .returning(Thread.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        return False
    db.session.refresh(thread, [*values, "changes"])
    return True
