"""The fold of a thread where one writes first: what is drawn in its place, and the choice to see it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core.access import me, requires
from ...core.db import db
from ...core.policy import Permission, may
from .. import queries
from ..models import Post, Thread
from ..services import folding
from .articles import Drawn
from .blueprint import bp


def fold(thread: Thread, drawn: list[Drawn]) -> tuple[list[Drawn], Markup]:
    """What of a drawn page the reader may see now, and the line that stands for the rest, if any."""
    phase = queries.folded_phase(me(), thread) if thread.write_first else None
    if phase is None:
        return drawn, Markup()
    kept = [d for d in drawn if d.phase != phase.value or d.row.member_id == me().member_id]
    if len(kept) == len(drawn):
        return drawn, Markup()
    return kept, fold_line(thread, queries.folded_count(thread.id, me()))


def is_away(post: Post) -> bool:
    """Whether `post` is folded for the reader; one that is hidden never is for those who moderate it."""
    if post.is_hidden and may(me(), Permission.POST_MODERATE, post):
        return False
    return queries.is_folded(me(), post.thread, post)


def fold_line(thread: Thread, count: int) -> Markup:
    """How many posts are folded, the way to the composer, and a button to see them all the same."""
    if not count:
        return Markup()
    return Markup(render_template("threads/_folded.html", thread=thread, count=count))  # noqa: S704 - ours


@bp.post("/threads/<int:thread_id>/unfoldings")
@requires(Permission.THREAD_MARK, find=queries.thread)
def unfold(thread: Thread) -> ResponseReturnValue:
    folding.unfold(thread, me())
    db.session.commit()
    return redirect(url_for("threads.show", thread_id=thread.id), 303)
