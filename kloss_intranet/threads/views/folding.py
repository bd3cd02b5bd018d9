"""The fold of a thread where one writes first: what is drawn in its place, and the choice to see it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core.access import me, requires
from ...core.db import db
from ...core.policy import Permission
from .. import queries
from ..models import Thread
from ..services import folding
from .blueprint import bp
from .display import Drawn


def fold(thread: Thread, drawn: list[Drawn]) -> tuple[list[Drawn], Markup]:
    """What of a drawn page the reader may see now, and the line that stands for the rest, if any."""
    phase = queries.folded_phase(me(), thread) if thread.write_first else None
    if phase is None:
        return drawn, Markup()
    kept = [d for d in drawn if d.phase != phase.value or d.row.member_id == me().member_id]
    if len(kept) == len(drawn):
        return drawn, Markup()
    return kept, fold_line(thread, queries.folded_count(thread.id, me()))


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
