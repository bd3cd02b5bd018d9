"""Posts put aside for later, perhaps until a day."""

from datetime import date, timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.language import day, gettext
from ...core.policy import Actor, Permission
from ...core.slots import fills
from ...core.text import excerpt
from ...core.words import Refusal, text
from .. import queries
from ..models import Post
from ..services import saving
from .blueprint import bp
from .display import voice_name

NO_DAY = text("Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2027-04-13.")


@bp.get("/saved")
@requires(Permission.HOME_READ)
def saved() -> str:
    on = request.args.get("day", type=date.fromisoformat)
    found = queries.saved_posts(me(), on, request.args.get("below", type=number))
    posts = found[: queries.PAGE]
    last = posts[-1] if len(found) > queries.PAGE else None
    return render_template(
        "threads/saved.html",
        posts=posts,
        today=clock.today(),
        voice_name=voice_name,
        excerpt=excerpt,
        later=url_for("threads.saved", day=last.day, below=last.post_id) if last else None,
    )


@bp.post("/posts/<int:post_id>/savings")
@requires(Permission.POST_SAVE, find=queries.post)
def save(post: Post) -> ResponseReturnValue:
    """With `remind_on`, or `in_days` from today; from the list of saved posts back to it."""
    on = _wanted_day()
    saving.save(post, me(), on)
    db.session.commit()
    if on:
        flash_done(gettext("Inlägget är sparat, och du påminns %(day)s.", day=day(on)))
    else:
        flash_done(gettext("Inlägget är sparat till senare."))
    if "remind_on" in request.form:
        return redirect(url_for("threads.saved"), 303)
    return redirect(url_for("threads.locate", post_id=post.id), 303)


def _wanted_day() -> date | None:
    """Raises Refusal when what was written is no day."""
    written = request.form.get("remind_on", "").strip()
    days = request.form.get("in_days", type=number)
    if days is not None and days <= saving.FARTHEST:
        return clock.today() + timedelta(days=days)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refusal(NO_DAY, field="remind_on") from None


@bp.post("/posts/<int:post_id>/savings/endings")
@requires(Permission.POST_SAVE, find=queries.post)
def unsave(post: Post) -> ResponseReturnValue:
    saving.remove(post, me())
    db.session.commit()
    flash_done(gettext("Inlägget är inte längre sparat."))
    return redirect(url_for("threads.saved"), 303)


@fills("home.lines")
def due(reader: Actor) -> Markup:
    """That saved posts have come to their day."""
    number_due = queries.due_count(reader)
    if not number_due:
        return Markup()
    return Markup(render_template("threads/_due.html", number=number_due))  # noqa: S704 - a template of ours
