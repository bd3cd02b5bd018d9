"""The coordinator words the rules anew, sees how that will look, and lets it hold."""

from datetime import date, timedelta
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.difference import difference
from ...core.errors import flash_done
from ...core.form import Form, add_refusal, number
from ...core.language import day, gettext, language
from ...core.policy import Permission
from ...core.words import Refusal
from .. import notifications, queries, services
from ..forms import WordingForm
from ..models import RulesKind
from ..services import Wording
from .blueprint import bp
from .wordings import headed, holding

FIELDS = ("body_sv", "body_en")


def in_a_year() -> date:
    return clock.today() + timedelta(days=365)


@bp.get("/rules/<string:kind>/edit")
@requires(Permission.RULES_WRITE, find=queries.named)
def edit(kind: RulesKind) -> str:
    held = holding(kind).wording
    form = WordingForm(
        formdata=None, body_sv=held.sv.plain, body_en=held.en.plain, review_on=in_a_year(), tell=True
    )
    return _page(kind, form)


@bp.post("/rules/<string:kind>/versions")
@requires(Permission.RULES_WRITE, find=queries.named)
def publish(kind: RulesKind) -> ResponseReturnValue:
    form = WordingForm()
    if not form.validate():
        return _page(kind, form), 422
    try:
        wording = Wording(*(_words(form, name) for name in FIELDS))
        if "preview" in request.form:
            return _page(kind, form, preview=[headed(one.html) for one in (wording.sv, wording.en)])
        published = services.publish(
            kind,
            wording,
            instead_of=holding(kind).wording,
            version=_version(),
            note=form.note.data or "",
            review_on=form.review_on.data or in_a_year(),
            by=me().member_id,
        )
    except services.Clash as clash:
        db.session.rollback()
        return _clash(kind, form, wording), clash.status
    except Refusal as refusal:
        db.session.rollback()
        add_refusal(form, refusal)
        return _page(kind, form), refusal.status
    told = notifications.tell_of(published) if form.tell.data else 0
    db.session.commit()
    done = gettext("Den nya lydelsen gäller.")
    flash_done(f"{done} {gettext('%(n)d medlemmar får veta det.', n=told)}" if told else done)
    return redirect(_shown_at(kind), 303)


@bp.post("/rules/<string:kind>/reviews")
@requires(Permission.RULES_WRITE, find=queries.named)
def review(kind: RulesKind) -> ResponseReturnValue:
    """The rules have been looked through and hold on as they are, for another year."""
    again = in_a_year()
    services.review(kind, _version(), again, me().member_id)
    db.session.commit()
    flash_done(gettext("Genomgången är noterad. Nästa är senast %(day)s.", day=day(again)))
    return redirect(_shown_at(kind), 303)


def _words(form: Form, name: str) -> texts.Written:
    """What was sent in one language, typed or from the editor. Raises Refusal about its field."""
    sent = form[name].data or ""
    base_url = current_app.config["SETTINGS"].base_url
    try:
        body = texts.written(sent, _sent_as(sent), services.LONGEST, base_url)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, field=name, status=refusal.status, **refusal.values) from None
    # What was typed comes without its looks; words left as they were keep those that went with the form.
    kept = _kept(name) if _sent_as(sent) == "text" else ""
    return texts.Written(body.plain, kept) if kept and texts.to_text(kept) == body.plain else body


def _kept(name: str) -> str:
    try:
        return texts.clean(request.form.get(name.replace("body", "looks"), ""))
    except Refusal:
        return ""


def _sent_as(sent: str) -> str:
    """With two texts in one form, one may have been typed and the other written in the editor."""
    return "html" if request.form.get("format") == "html" and sent.startswith("<") else "text"


def _version() -> int:
    return request.form.get("version", 0, type=number)


def _page(kind: RulesKind, form: Form, template: str = "rules/edit.html", **more: Any) -> str:
    """The form with what holds or what was sent; it goes with the version that it was made from."""
    held = holding(kind)
    is_sent = form.is_submitted()
    page = {
        "held": held,
        "form": form,
        "html": {name: _looks(form, name, held.wording, is_sent) for name in FIELDS},
        "version": _version() if is_sent else held.number,
        "limit": services.LONGEST,
        "preview": None,
    }
    return render_template(template, **page | more)


def _looks(form: Form, name: str, held: Wording, is_sent: bool) -> str:
    """The HTML that the editor begins with; what was sent from it stands in the box as words."""
    if not is_sent:
        return str(getattr(held, name.removeprefix("body_")).html)
    try:
        body = _words(form, name)
    except Refusal:
        return ""
    form[name].data = body.plain
    return body.html


def _clash(kind: RulesKind, form: WordingForm, wording: Wording) -> str:
    """Both wordings and what differs; the own one stands in the form with the version that now holds."""
    held = holding(kind)
    now = held.wording
    parts = [difference(now.sv.plain, wording.sv.plain), difference(now.en.plain, wording.en.plain)]
    body = texts.shown((now.en if language() == "en" else now.sv).html)
    return _page(kind, form, "rules/clash.html", version=held.number, body=body, parts=parts)


def _shown_at(kind: RulesKind) -> str:
    return url_for("rules.ground" if kind is RulesKind.GROUND else "rules.moderation")
