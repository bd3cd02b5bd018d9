"""Asking that a cited passage be left out, and the steering group's answer."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission
from ...core.slots import fills
from ...core.words import Refusal
from ..forms.objections import AnswerForm, ObjectionForm
from ..notifications import citations as letters
from ..queries import objections as queries
from ..queries.dossiers import Piece
from ..queries.objections import Passage
from ..services import objections
from .blueprint import bp

PassageForm = ObjectionForm | AnswerForm


def _asked(citation_id: int) -> Passage | None:
    """The passage, if its author has ever asked."""
    found = queries.passage(citation_id)
    return found if found is not None and found.objection is not None else None


@bp.get("/citations/<int:citation_id>/objections/new")
@requires(Permission.CITATION_OBJECT, find=queries.passage)
def new_objection(passage: Passage) -> ResponseReturnValue:
    """Asks first, and says what will happen."""
    if passage.objection is not None:
        return _to_author(passage)
    return _page("steering/objection.html", passage, ObjectionForm(formdata=None))


@bp.post("/citations/<int:citation_id>/objections")
@requires(Permission.CITATION_OBJECT, find=queries.passage)
def object_to(passage: Passage) -> ResponseReturnValue:
    form = ObjectionForm()
    if not form.validate():
        return _page("steering/objection.html", passage, form), 422
    try:
        objection = objections.ask(passage, form.reason.data or "", me().member_id)
    except Refusal as refusal:
        return _refused("steering/objection.html", passage, form, refusal)
    is_granted = bool(objection.is_granted)
    letters.tell_of_objection(passage, is_granted=is_granted, reason=objection.reason)
    db.session.commit()
    if is_granted:
        flash_done(gettext("Citatet lämnas utanför. Styrgruppen får veta det."))
    else:
        flash_done(gettext("Citatet är dolt tills styrgruppen har svarat. Du får veta svaret."))
    return _to_author(passage)


@bp.get("/citations/<int:citation_id>/answers/new")
@requires(Permission.CITATION_ANSWER, find=_asked)
def new_answer(passage: Passage) -> str:
    return _page("steering/answer.html", passage, AnswerForm(formdata=None))


@bp.post("/citations/<int:citation_id>/answers")
@requires(Permission.CITATION_ANSWER, find=_asked)
def answer(passage: Passage) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate():
        return _page("steering/answer.html", passage, form), 422
    is_granted = "keep" not in request.form
    reason = form.reason.data or ""
    try:
        objections.answer(passage, reason, me().member_id, is_granted=is_granted)
    except Refusal as refusal:
        return _refused("steering/answer.html", passage, form, refusal)
    letters.tell_of_answer(passage, is_granted=is_granted, answer=texts.tidy(reason) or None)
    db.session.commit()
    flash_done(
        gettext("Citatet lämnas utanför, och den som frågade får veta det.")
        if is_granted
        else gettext("Citatet står kvar, och den som frågade får veta varför.")
    )
    return redirect(
        url_for("steering.dossier", question_id=passage.question.id, _anchor=f"part-{passage.part.id}"), 303
    )


@fills("dossier.passage")
def of_passage(piece: Piece) -> Markup:
    """What the author has asked, beside the passage in the draft."""
    if piece.source is None or piece.source.objection is None:
        return Markup()
    return Markup(render_template("steering/_objection.html", source=piece.source))  # noqa: S704 - ours


def _to_author(passage: Passage) -> ResponseReturnValue:
    return redirect(letters.way_to(passage.post.id, passage.citation.id), 303)


def _page(template: str, passage: Passage, form: PassageForm) -> str:
    words: Any = texts.shown(texts.to_html(passage.words))
    return render_template(template, p=passage, form=form, words=words)


def _refused(template: str, passage: Passage, form: PassageForm, refusal: Refusal) -> ResponseReturnValue:
    number = passage.citation.id
    db.session.rollback()
    add_refusal(form, refusal)
    return _page(template, queries.passage(number) or abort(404), form), refusal.status
