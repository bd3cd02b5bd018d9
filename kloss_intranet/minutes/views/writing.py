"""Writing under one agenda item, or about the meeting as a whole."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.difference import difference
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ..forms import EntryForm
from ..queries import entries
from ..queries.entries import Matter
from ..services import writing
from .blueprint import bp


@bp.get("/meetings/<string:slug>/minutes/edit")
@requires(Permission.MINUTES_WRITE, find=entries.of_slug)
def edit_whole(matter: Matter) -> str:
    return _page(matter, _stored(matter))


@bp.get("/agenda-items/<int:item_id>/minutes/edit")
@requires(Permission.MINUTES_WRITE, find=entries.of_item)
def edit_item(matter: Matter) -> str:
    return _page(matter, _stored(matter))


@bp.post("/meetings/<string:slug>/minutes/revisions")
@requires(Permission.MINUTES_WRITE, find=entries.of_slug)
def revise_whole(matter: Matter) -> ResponseReturnValue:
    return _revise(matter)


@bp.post("/agenda-items/<int:item_id>/minutes/revisions")
@requires(Permission.MINUTES_WRITE, find=entries.of_item)
def revise_item(matter: Matter) -> ResponseReturnValue:
    return _revise(matter)


def _revise(matter: Matter) -> ResponseReturnValue:
    form = EntryForm()
    if not form.validate():
        return _page(matter, form), 422
    try:
        body = _words(matter, form)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(matter, form), refusal.status
    if "preview" in request.form:
        return _page(matter, form, html=body.html, preview=texts.shown(body.html))
    try:
        is_changed = writing.write(matter, body, _version(), me().member_id)
    except writing.Clash as clash:
        return _clash(matter, form, body), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(matter, form), refusal.status
    db.session.commit()
    flash_done(gettext("Anteckningen är sparad.") if is_changed else gettext("Inget var ändrat."))
    anchor = f"item-{matter.item.position}" if matter.item else None
    return redirect(url_for("minutes.show", slug=matter.meeting.slug, _anchor=anchor), 303)


def _words(matter: Matter, form: EntryForm) -> texts.Written:
    """The text of `form`, typed or from the editor. Raises Refusal."""
    sent_as = request.form.get("format", "text")
    base_url = current_app.config["SETTINGS"].base_url
    body = texts.written(form.body.data or "", sent_as, writing.LONGEST, base_url)
    entry = matter.entry
    if sent_as != "html" and entry is not None and body.plain == entry.body:
        # Without scripts the words come without their looks; words left as they were keep them.
        return texts.Written(entry.body, entry.body_html)
    return body


def _version() -> int:
    return request.form.get("version", 0, type=number)


def _stored(matter: Matter) -> EntryForm:
    return EntryForm(formdata=None, body=matter.entry.body if matter.entry else "")


def _page(matter: Matter, form: EntryForm, template: str = "minutes/edit.html", **more: Any) -> str:
    """The form with the stored text or what was sent; it goes with the version that it was made from."""
    entry = matter.entry
    stored = texts.shown(entry.body_html, entry.policy) if entry else Markup()
    is_sent = form.is_submitted()
    page = {
        "meeting": matter.meeting,
        "item": matter.item,
        "form": form,
        "stored": stored,
        "html": _sent_html() if is_sent else stored,
        "version": _version() if is_sent else entry.version if entry else 0,
        "limit": writing.LONGEST,
        "loses_looks": entry is not None and texts.to_html(entry.body) != stored,
        "preview": None,
        "action": _to("revise", matter),
    }
    return render_template(template, **page | more)


def _sent_html() -> str:
    """What the editor sent, as it may be shown in it again."""
    if request.form.get("format") != "html":
        return ""
    try:
        return texts.clean(request.form.get("body", ""))
    except Refusal:
        return ""


def _clash(matter: Matter, form: EntryForm, body: texts.Written) -> str:
    """Both texts and what differs; the own one stands in the form with the version now stored."""
    now = Matter(
        matter.meeting,
        matter.item,
        entries.entry(matter.meeting.id, matter.item.id if matter.item else None),
    )
    kept = now.entry
    return _page(
        now,
        form,
        "minutes/clash.html",
        entry=kept,
        version=kept.version if kept else 0,
        parts=difference(words_of(kept.body, kept.body_html) if kept else "", words_of(*body)),
    )


def words_of(plain: str, html: str) -> str:
    """A wording in words to be compared: links of ours by their titles, as typed or not."""
    return texts.to_text(html) if '<a href="/' in html else plain


def _to(act: str, matter: Matter) -> str:
    if matter.item is not None:
        return url_for(f"minutes.{act}_item", item_id=matter.item.id)
    return url_for(f"minutes.{act}_whole", slug=matter.meeting.slug)
