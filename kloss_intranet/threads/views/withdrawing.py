"""Taking a post back, undoing that, and which of these acts stand beside one's own post."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.text import excerpt
from ..models import Post
from ..queries import PostRow, revisions
from ..services import withdrawing
from .blueprint import bp


@bp.get("/posts/<int:post_id>/withdraw")
@requires(Permission.POST_WITHDRAW, find=revisions.whole_post)
def confirm(post: Post) -> ResponseReturnValue:
    if not post.stands:
        return redirect(url_for("threads.locate", post_id=post.id), 303)
    return render_template(
        "threads/withdraw.html",
        post=post,
        meeting=post.thread.meeting,
        beginning=excerpt(post.body, 240),
        days=withdrawing.UNDO.days,
    )


@bp.post("/posts/<int:post_id>/withdrawals")
@requires(Permission.POST_WITHDRAW, find=revisions.whole_post)
def withdraw(post: Post) -> ResponseReturnValue:
    withdrawing.withdraw(post, me())
    db.session.commit()
    days = withdrawing.UNDO.days
    flash_done(gettext("Inlägget är tillbakadraget. Du kan ångra det i %(days)d dagar.", days=days))
    return redirect(url_for("threads.locate", post_id=post.id), 303)


@bp.post("/posts/<int:post_id>/restorations")
@requires(Permission.POST_WITHDRAW, find=revisions.whole_post)
def restore(post: Post) -> ResponseReturnValue:
    withdrawing.restore(post, me())
    db.session.commit()
    flash_done(gettext("Inlägget står åter i tråden."))
    return redirect(url_for("threads.locate", post_id=post.id), 303)


@dataclass(frozen=True)
class _Own:
    """What the policy asks about a post, from its row and its thread."""

    audience: str
    for_guests: bool
    meeting_id: int
    closed_at: datetime | None
    member_id: int
    stands: bool
    is_hidden: bool


def own_acts(row: PostRow, thread: Any) -> list[str]:
    """Which of edit, withdraw and restore the reader may do with their own post."""
    post = _Own(
        audience=thread.audience,
        for_guests=thread.for_guests,
        meeting_id=thread.meeting_id,
        closed_at=thread.closed_at,
        member_id=row.member_id,
        stands=row.stands,
        is_hidden=row.hidden_at is not None,
    )
    acts = ["edit"] if may(me(), Permission.POST_EDIT, post) else []
    if not may(me(), Permission.POST_WITHDRAW, post):
        return acts
    if row.withdrawn_at is None:
        return [*acts, "withdraw"]
    return [*acts, "restore"] if withdrawing.can_restore(row) else acts
