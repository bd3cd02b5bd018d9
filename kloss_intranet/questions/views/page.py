"""The page of one question."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.access import me, requires
from ...core.policy import Permission, may
from .. import queries
from ..forms import RelevanceForm
from ..models import Question
from ..queries import course, said
from ..services import relevance
from .blueprint import bp


@bp.get("/<int:question_id>")
@requires(Permission.QUESTION_READ, find=queries.question)
def show(question: Question) -> ResponseReturnValue:
    if question.id != (request.view_args or {}).get("question_id"):
        return redirect(url_for("questions.show", question_id=question.id), 303)
    return drawn(question)


def drawn(question: Question, form: RelevanceForm | None = None) -> str:
    """The page, with the reader's sentence as it was sent in `form`, else as it stands."""
    reader = me()
    own: Any = said.own(question, reader) if may(reader, Permission.RELEVANCE_WRITE, question) else []
    treatments = course.course(question, reader)
    standing = own[0].sentence if own else None
    return render_template(
        "questions/show.html",
        question=question,
        course=treatments,
        stops=course.stops(question, treatments),
        proposals=said.proposals(question, reader),
        voices=said.voices(question, reader),
        steps=said.steps(question, reader),
        form=form or RelevanceForm(formdata=None, sentence=standing),
        standing=standing,
        taken_back=own[0] if own and standing is None else None,
        limit=relevance.LONGEST,
        now=clock.now(),
    )
