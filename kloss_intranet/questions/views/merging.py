"""The steering group makes two questions one."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.swedish import sort_key
from ...core.words import Refusal
from .. import notifications, queries
from ..forms import MergeForm
from ..models import Question
from ..queries.alike import alike
from ..services import merging, states
from .blueprint import bp


def _page(question: Question, form: MergeForm) -> str:
    """The others to choose from: those much alike first, then the rest by title."""
    near = alike(me(), question.title, but=question.id)
    rest = sorted(queries.index(me()), key=lambda one: sort_key(one.title))
    others = [*near, *(one for one in rest if one.id != question.id and one not in near)]
    form.into.choices = options(
        [("", gettext("Välj en fråga")), *((str(one.id), one.title) for one in others)]
    )
    return render_template("questions/merge.html", question=question, form=form)


@bp.get("/<int:question_id>/mergers/new")
@requires(Permission.QUESTION_MERGE, find=queries.question)
def new_merger(question: Question) -> str:
    return _page(question, MergeForm(formdata=None))


@bp.post("/<int:question_id>/mergers")
@requires(Permission.QUESTION_MERGE, find=queries.exact)
def merge(question: Question) -> ResponseReturnValue:
    form = MergeForm()
    form.into.choices = options([(form.into.data, "")])  # what it says is found, or refused, below
    kept = queries.exact(_number(form.into.data))
    if not form.validate():
        return _page(question, form), 422
    try:
        if kept is None:
            raise Refusal(merging.UNKNOWN, field="into")
        # Told first: afterwards the proposals stand at the other question.
        notifications.tell_of_merging(question, kept, form.reason.data or "", me().member_id)
        merging.merge(question, kept.id, form.reason.data or "", me().member_id)
    except Refusal as refusal:
        db.session.rollback()
        again = queries.question(question.id) or question
        if again.id != question.id:
            raise Refusal(states.MERGED, status=409) from refusal
        add_refusal(form, refusal)
        return _page(again, form), refusal.status
    db.session.commit()
    flash_done(gettext("Frågorna är sammanslagna. Allas namn och ord står kvar."))
    return redirect(url_for("questions.show", question_id=kept.id), 303)


def _number(given: str | None) -> int:
    try:
        return number(given or "")
    except ValueError:
        return 0
