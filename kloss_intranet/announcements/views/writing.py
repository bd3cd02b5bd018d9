"""Writing an announcement: a draft that more than one coordinator may change."""

import secrets

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from .. import queries, services
from ..forms import AnnouncementForm
from ..models import Announcement, Circle
from .blueprint import bp


@bp.get("/announcements/new")
@requires(Permission.ANNOUNCEMENT_WRITE)
def new() -> str:
    form = _form(AnnouncementForm(formdata=None, submission=secrets.token_urlsafe(12), version="0"))
    return _page(form, None)


@bp.post("/announcements/")
@requires(Permission.ANNOUNCEMENT_WRITE)
def create() -> ResponseReturnValue:
    form = _form(AnnouncementForm())
    if not form.validate():
        return _page(form, None), 422
    try:
        draft = services.write(_wording(form, None), me().member_id, form.submission.data)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(form, None), refusal.status
    db.session.commit()
    return redirect(url_for("announcements.preview", announcement_id=draft.id), 303)


@bp.get("/announcements/<int:announcement_id>/edit")
@requires(Permission.ANNOUNCEMENT_WRITE, find=queries.announcement)
def edit(draft: Announcement) -> ResponseReturnValue:
    if draft.sent_at is not None:
        return redirect(url_for("announcements.show", announcement_id=draft.id), 303)
    return _page(_stored(draft), draft)


@bp.post("/announcements/<int:announcement_id>/revisions")
@requires(Permission.ANNOUNCEMENT_WRITE, find=queries.announcement)
def revise(draft: Announcement) -> ResponseReturnValue:
    form = _form(AnnouncementForm())
    if not form.validate():
        return _page(form, draft), 422
    try:
        services.revise(draft, _wording(form, draft), _version(), me().member_id)
    except services.Clash as clash:
        now = queries.announcement(draft.id)
        return _page(form, now, clash=now), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(form, draft), refusal.status
    db.session.commit()
    flash_done(gettext("Utkastet är sparat."))
    return redirect(url_for("announcements.preview", announcement_id=draft.id), 303)


def _version() -> int:
    return request.form.get("version", 0, type=number)


def _form(form: AnnouncementForm) -> AnnouncementForm:
    called = current_app.jinja_env.filters["meeting_label"]
    form.circle.choices = options(
        [
            (Circle.ALL.value, gettext("Alla i nätverket")),
            (Circle.MEETING.value, gettext("En träffs deltagare")),
            (Circle.STEERING.value, gettext("Styrgruppen")),
        ]
    )
    none = ("", gettext("Ingen träff vald"))
    form.meeting.choices = options(
        [none, *((str(each.id), called(each)) for each in queries.meetings_to_choose())]
    )
    return form


def _stored(draft: Announcement) -> AnnouncementForm:
    return _form(
        AnnouncementForm(
            formdata=None,
            title=draft.title,
            body=draft.body,
            circle=draft.circle.value,
            meeting=str(draft.meeting_id or ""),
            version=str(draft.version),
        )
    )


def _wording(form: AnnouncementForm, draft: Announcement | None) -> services.Wording:
    """What was sent. Raises Refusal."""
    sent_as = request.form.get("format", "text")
    base_url = current_app.config["SETTINGS"].base_url
    body = texts.written(form.body.data or "", sent_as, services.LONGEST, base_url)
    if sent_as != "html" and draft is not None and body.plain == draft.body:
        # Without scripts the words come without their looks; words left as they were keep them.
        body = texts.Written(draft.body, draft.body_html)
    meeting = int(form.meeting.data) if form.meeting.data else None
    return services.Wording(form.title.data or "", body, Circle(form.circle.data), meeting)


def _page(form: AnnouncementForm, draft: Announcement | None, clash: Announcement | None = None) -> str:
    stored = texts.shown(draft.body_html, draft.policy) if draft else Markup()
    return render_template(
        "announcements/edit.html",
        form=form,
        draft=draft,
        stored=stored,
        html=_sent_html() if form.is_submitted() else stored,
        version=clash.version if clash else form.version.data or "0",
        limit=services.LONGEST,
        clash=clash,
    )


def _sent_html() -> str:
    """What the editor sent, as it may be shown in it again."""
    if request.form.get("format") != "html":
        return ""
    try:
        return texts.clean(request.form.get("body", ""))
    except Refusal:
        return ""
