"""Looking at an announcement as its readers will, trying it on oneself, and sending it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...members import queries as members
from .. import notifications, queries, services
from ..models import Announcement
from .blueprint import bp


@bp.get("/announcements/<int:announcement_id>/preview")
@requires(Permission.ANNOUNCEMENT_WRITE, find=queries.announcement)
def preview(draft: Announcement) -> ResponseReturnValue:
    if draft.sent_at is not None:
        return redirect(url_for("announcements.show", announcement_id=draft.id), 303)
    return _preview(draft)


@bp.post("/announcements/<int:announcement_id>/trials")
@requires(Permission.ANNOUNCEMENT_WRITE, find=queries.announcement)
def try_on(draft: Announcement) -> ResponseReturnValue:
    writer = members.member(me().member_id)
    if draft.sent_at is None and writer is not None:
        is_new = notifications.try_on(draft, writer)
        db.session.commit()
        said = gettext("Brevet är på väg till %(address)s.", address=writer.email)
        old = gettext("Du har redan fått den här lydelsen. Ändra något, så kan du få den nya.")
        flash_done(said if is_new else old)
    return redirect(url_for("announcements.preview", announcement_id=draft.id), 303)


@bp.post("/announcements/<int:announcement_id>/sendings")
@requires(Permission.ANNOUNCEMENT_WRITE, find=queries.announcement)
def send(draft: Announcement) -> ResponseReturnValue:
    try:
        readers = services.send(draft, request.form.get("version", 0, type=number), me().member_id)
    except Refusal as refusal:
        db.session.rollback()
        now = queries.announcement(draft.id)
        said = gettext(refusal.sentence, **refusal.values)
        return _preview(now or draft, said), refusal.status
    notifications.tell(draft, readers, me().member_id)
    db.session.commit()
    if readers:
        flash_done(gettext("Meddelandet är på väg."))
    return redirect(url_for("announcements.show", announcement_id=draft.id), 303)


@bp.post("/announcements/<int:announcement_id>/disposals")
@requires(Permission.ANNOUNCEMENT_WRITE, find=queries.announcement)
def discard(draft: Announcement) -> ResponseReturnValue:
    services.discard(draft, me().member_id)
    db.session.commit()
    flash_done(gettext("Utkastet är kastat."))
    return redirect(url_for("announcements.index"), 303)


def _preview(draft: Announcement, error: str | None = None) -> str:
    return render_template(
        "announcements/preview.html",
        draft=draft,
        text=texts.shown(draft.body_html, draft.policy),
        readers=queries.circle(draft.circle, draft.meeting_id, clock.today()),
        error=error,
    )
