"""Taking a post or a file beside one out of sight, and showing it again; why is on record in moderation."""

from typing import Any

from sqlalchemy import update

from ...core import clock
from ...core.db import db
from ..models import Attachment, Post, PostKind
from .editing import changed
from .holding import hold_home
from .publishing import tally


def hide(post: Post) -> bool:
    """Take the words and files of `post` from all pages; False when that is done already."""
    return _set(post, Post.hidden_at.is_(None), clock.now(), -1)


def unhide(post: Post) -> bool:
    """Show `post` again where it stood; False when it is not hidden."""
    return _set(post, Post.hidden_at.is_not(None), None, +1)


def hide_attachment(attachment: Attachment) -> bool:
    """Take the file, with all its versions, from its post; False when that is done already."""
    return _set_file(attachment, Attachment.hidden_at.is_(None), clock.now())


def unhide_attachment(attachment: Attachment) -> bool:
    """Let the file stand beside its post again; False when it is not hidden."""
    return _set_file(attachment, Attachment.hidden_at.is_not(None), None)


def _set(post: Post, still: Any, to: Any, by: int) -> bool:
    """Set `hidden_at`, once, however many ask at the same time."""
    hold_home(post)
    changing = update(Post).where(Post.id == post.id, still).values(hidden_at=to)
    row = db.session.execute(
        changing.returning(Post.withdrawn_at, Post.kind, Post.relation),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if row is None:
        return False
    # One that its author has taken back was not counted, and is not counted twice.
    if row.withdrawn_at is None and row.kind is PostKind.REPLY:
        tally(post.thread_id, row.relation, by)
    changed(post)
    db.session.refresh(post, ["hidden_at", "withdrawn_at", "relation"])
    return True


def _set_file(attachment: Attachment, still: Any, to: Any) -> bool:
    changing = update(Attachment).where(Attachment.id == attachment.id, still).values(hidden_at=to)
    number = db.session.scalar(
        changing.returning(Attachment.id), execution_options={"synchronize_session": False}
    )
    if number is None:
        return False
    if attachment.post is not None:
        changed(attachment.post)
    db.session.refresh(attachment, ["hidden_at"])
    return True
