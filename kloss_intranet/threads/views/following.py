"""Choosing what one gets mail about: in a thread, at a meeting, under a theme; and all choices on a page."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.kept import piece
from ...core.language import language, span
from ...core.policy import Permission, may
from ...core.slots import fills
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ...themes import queries as themes
from ...themes.models import Theme
from .. import queries
from ..models import Level, Thread
from ..queries import following as choices
from ..services import following
from .blueprint import bp
from .levels import told_in, told_of

Subject = Thread | Meeting | Theme


@bp.get("/following", endpoint="following")
@requires(Permission.SETTING_READ)
def every_choice() -> str:
    rows = [_row(subject, level) for level, subject in choices.choices(me())]
    return render_template("threads/following.html", rows=rows)


@bp.post("/threads/<int:thread_id>/followings")
@requires(Permission.THREAD_FOLLOW, find=queries.thread)
def follow_thread(thread: Thread) -> ResponseReturnValue:
    return _choose(thread)


@bp.post("/meetings/<string:slug>/followings")
@requires(Permission.MEETING_FOLLOW, find=meetings.meeting)
def follow_meeting(meeting: Meeting) -> ResponseReturnValue:
    return _choose(meeting)


@bp.post("/themes/<string:slug>/followings")
@requires(Permission.THEME_FOLLOW, find=themes.theme)
def follow_theme(theme: Theme) -> ResponseReturnValue:
    return _choose(theme)


def _choose(subject: Subject) -> ResponseReturnValue:
    level = following.choose(me(), subject, request.form.get("level", ""))
    db.session.commit()
    flash_done(
        told_in(subject, choices.effective(me().member_id, subject))
        if isinstance(subject, Thread)
        else told_of(subject, level)
    )
    if "overview" in request.form:
        return redirect(url_for("threads.following"), 303)
    page, _act = _addresses(subject)
    return redirect(f"{page}#following", 303)


def _addresses(subject: Subject) -> tuple[str, str]:
    """The subject's own page, and where a choice for it is sent."""
    if isinstance(subject, Thread):
        return (
            url_for("threads.show", thread_id=subject.id),
            url_for("threads.follow_thread", thread_id=subject.id),
        )
    if isinstance(subject, Meeting):
        return (
            url_for("meetings.show", slug=subject.slug),
            url_for("threads.follow_meeting", slug=subject.slug),
        )
    return url_for("themes.show", slug=subject.slug), url_for("threads.follow_theme", slug=subject.slug)


def _row(subject: Subject, level: Level) -> dict[str, Any]:
    page, act = _addresses(subject)
    if isinstance(subject, Thread):
        kind, name, note = "thread", subject.title, span(subject.meeting)
    elif isinstance(subject, Meeting):
        kind, name, note = "meeting", current_app.jinja_env.filters["meeting_label"](subject), span(subject)
    else:
        kind, name, note = "theme", subject.name(language()), ""
    return {"kind": kind, "name": name, "note": note, "url": page, "action": act, "level": level}


@fills("thread.following")
def of_thread(thread: Thread) -> Markup:
    effective = choices.effective(me().member_id, thread)
    if not may(me(), Permission.THREAD_FOLLOW, thread):
        return _drawn(kind="none", says="", action="", level=None, own=None)
    return _drawn(
        kind="thread",
        says=told_in(thread, effective),
        action=_addresses(thread)[1],
        level=effective.level,
        own=effective.level if effective.source == "thread" else None,
    )


@fills("meeting.following")
def of_meeting(meeting: Meeting) -> Markup:
    return _own(meeting, "meeting") if may(me(), Permission.MEETING_FOLLOW, meeting) else Markup()


@fills("theme.following")
def of_theme(theme: Theme) -> Markup:
    return _own(theme, "theme") if may(me(), Permission.THEME_FOLLOW, theme) else Markup()


def _own(subject: Meeting | Theme, kind: str) -> Markup:
    level = choices.chosen(me().member_id, subject)
    says = told_of(subject, level)
    return _drawn(kind=kind, says=says, action=_addresses(subject)[1], level=level, own=level)


def _drawn(**values: Any) -> Markup:
    key = ("following", language(), *values.values())
    return piece(key, lambda: render_template("threads/_following.html", **values))
