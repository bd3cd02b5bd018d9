"""Saying why a question matters where one is, and taking it back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import one_line
from ...core.language import gettext
from ...core.policy import Permission
from .. import queries
from ..forms import RelevanceForm
from ..models import Question
from ..services import relevance
from .blueprint import bp
from .page import drawn


@bp.post("/<int:question_id>/relevances")
@requires(Permission.RELEVANCE_WRITE, find=queries.question)
def write(question: Question) -> ResponseReturnValue:
    form = RelevanceForm()
    if not form.validate():
        return drawn(question, form), 422
    is_new = relevance.write(question, me(), one_line(form.sentence.data))
    db.session.commit()
    flash_done(gettext("Din mening står på sidan.") if is_new else gettext("Inget var ändrat."))
    return _back(question)


@bp.post("/<int:question_id>/relevance-withdrawals")
@requires(Permission.RELEVANCE_WRITE, find=queries.question)
def take_back(question: Question) -> ResponseReturnValue:
    relevance.take_back(question, me())
    db.session.commit()
    flash_done(gettext("Din mening är tillbakatagen."))
    return _back(question)


def _back(question: Question) -> ResponseReturnValue:
    return redirect(url_for("questions.show", question_id=question.id, _anchor="relevance"), 303)
