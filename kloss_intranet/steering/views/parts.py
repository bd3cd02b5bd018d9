"""Writing the parts of a dossier: its headings and connecting words."""

from typing import Any

from flask import current_app, render_template, request
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
from ...questions.models import Question
from ..forms.dossiers import HeadingForm, WordsForm
from ..models import PartKind
from ..queries import dossiers
from ..queries.dossiers import Desk, Piece
from ..services import drafting, parts
from .blueprint import bp
from .ordering import to_part

PartForm = HeadingForm | WordsForm


@bp.get("/steering/dossiers/<int:question_id>/parts/new")
@requires(Permission.DOSSIER_WRITE, find=dossiers.desk)
def new_part(desk: Desk) -> str:
    form = _form(_kind())(formdata=None)
    return _page(desk.question, form, kind=_kind(), after=request.args.get("after", 0, type=number))


@bp.post("/steering/dossiers/<int:question_id>/parts")
@requires(Permission.DOSSIER_WRITE, find=dossiers.desk)
def add_part(desk: Desk) -> ResponseReturnValue:
    kind, after = _kind(), request.form.get("after", 0, type=number)
    form = _form(kind)()
    values: dict[str, Any] = {"kind": kind, "after": after}
    if not form.validate():
        return _page(desk.question, form, **values), 422
    try:
        body = _words(form)
        if "preview" in request.form:
            return _page(desk.question, form, html=body.html, preview=texts.shown(body.html), **values)
        dossier = drafting.begun(desk, me().member_id)
        ticked = isinstance(form, WordsForm) and form.is_steering.data
        part = parts.add(dossier, kind, body, me().member_id, is_steering=ticked, after=after)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(desk.question, form, **values), refusal.status
    db.session.commit()
    flash_done(
        gettext("Rubriken är tillagd.") if kind is PartKind.HEADING else gettext("Stycket är tillagt.")
    )
    return to_part(desk.question.id, part.id)


@bp.get("/steering/parts/<int:part_id>/edit")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def edit_part(piece: Piece) -> ResponseReturnValue:
    part = piece.part
    if piece.source is not None:  # a passage is the author's own; its card says what can be done
        return to_part(part.dossier.question_id, part.id)
    form = _form(part.kind)(formdata=None, body=part.body, is_steering=part.is_steering)
    return _page(part.dossier.question, form, piece)


@bp.post("/steering/parts/<int:part_id>/revisions")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def revise_part(piece: Piece) -> ResponseReturnValue:
    part = piece.part
    if piece.source is not None:
        return to_part(part.dossier.question_id, part.id)
    form, question = _form(part.kind)(), part.dossier.question
    if not form.validate():
        return _page(question, form, piece), 422
    try:
        body = _words(form, piece)
        if "preview" in request.form:
            return _page(question, form, piece, html=body.html, preview=texts.shown(body.html))
        ticked = isinstance(form, WordsForm) and form.is_steering.data
        is_changed = parts.write(part, body, ticked, _version(), me().member_id)
    except parts.Clash as clash:
        return _clash(question, form, part.id, body), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(question, form, piece), refusal.status
    db.session.commit()
    flash_done(gettext("Ändringen är sparad.") if is_changed else gettext("Inget var ändrat."))
    return to_part(question.id, part.id)


def _kind() -> PartKind:
    """A heading where the address or the form says so, else words."""
    return PartKind.HEADING if request.values.get("kind") == PartKind.HEADING else PartKind.WORDS


def _form(kind: PartKind) -> type[PartForm]:
    return HeadingForm if kind is PartKind.HEADING else WordsForm


def _version() -> int:
    return request.values.get("version", 0, type=number)


def _words(form: PartForm, piece: Piece | None = None) -> texts.Written:
    """The text of `form`, typed or from the editor. Raises Refusal."""
    if isinstance(form, HeadingForm):
        return parts.heading(form.body.data or "")
    sent_as = request.form.get("format", "text")
    base_url = current_app.config["SETTINGS"].base_url
    body = texts.written(form.body.data or "", sent_as, parts.LONGEST_WORDS, base_url)
    if sent_as != "html" and piece is not None and body.plain == piece.part.body:
        # Without scripts the words come without their looks; words left as they were keep them.
        return texts.Written(piece.part.body, piece.part.body_html)
    return body


def _page(
    question: Question,
    form: PartForm,
    piece: Piece | None = None,
    template: str = "steering/dossier_part.html",
    **more: Any,
) -> str:
    """The form with the stored text or what was sent; it goes with the version that it was made from."""
    part = piece.part if piece else None
    is_sent = form.is_submitted()
    stored = texts.shown(part.body_html, part.policy) if part else Markup()
    values = {
        "question": question,
        "form": form,
        "part": part,
        "kind": part.kind if part else PartKind.WORDS,
        "after": 0,
        "stored": stored,
        "html": _sent_html() if is_sent else stored,
        "version": _version() if is_sent else part.version if part else 0,
        "limit": parts.LONGEST_WORDS,
        "loses_looks": part is not None and bool(stored) and texts.to_html(part.body) != stored,
        "preview": None,
    }
    return render_template(template, **values | more)


def _sent_html() -> str:
    """What the editor sent, as it may be shown in it again."""
    if request.form.get("format") != "html":
        return ""
    try:
        return texts.clean(request.form.get("body", ""))
    except Refusal:
        return ""


def _clash(question: Question, form: PartForm, part_id: int, body: texts.Written) -> str:
    """Both texts and what differs; the own one stands in the form with the version now stored."""
    db.session.rollback()
    now = dossiers.piece(part_id)
    kept = now.part if now else None
    return _page(
        question,
        form,
        now,
        "steering/dossier_clash.html",
        version=kept.version if kept else 0,
        runs=difference(kept.body if kept else "", body.plain),
    )
