"""What the office has told the reader, and what a coordinator has written."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import text as texts
from ...core.access import me, requires
from ...core.form import number
from ...core.policy import Permission, may
from .. import queries
from ..models import Announcement
from .blueprint import bp


@bp.get("/announcements/")
@requires(Permission.ANNOUNCEMENT_LIST)
def index() -> str:
    """What was sent to the reader; to a coordinator everything, and the drafts."""
    writes = may(me(), Permission.ANNOUNCEMENT_WRITE)
    below = request.args.get("below", type=number)
    found = queries.sent(below) if writes else queries.received(me().member_id, below)
    listed, more = found[: queries.PAGE], found[queries.PAGE :]
    return render_template(
        "announcements/index.html",
        announcements=listed,
        older=url_for("announcements.index", below=listed[-1].id) if more else None,
        newest=url_for("announcements.index") if below else None,
        drafts=queries.drafts() if writes and not below else [],
    )


@bp.get("/announcements/<int:announcement_id>")
@requires(Permission.ANNOUNCEMENT_READ, find=queries.announcement)
def show(announcement: Announcement) -> ResponseReturnValue:
    if announcement.sent_at is None:
        return redirect(url_for("announcements.preview", announcement_id=announcement.id), 303)
    return render_template(
        "announcements/show.html",
        announcement=announcement,
        text=texts.shown(announcement.body_html, announcement.policy),
    )
