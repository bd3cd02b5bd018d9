"""The steering group moves a question from one state to another, and says why."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from .. import notifications, queries
from ..forms import ChangeForm
from ..models import Question, QuestionState
from ..queries import said
from ..services import states
from .blueprint import bp


def _choices(form: ChangeForm, question: Question) -> ChangeForm:
    form.state.choices = options(
        (to.value, gettext(states.WORDS[to])) for to in states.FOLLOWING[question.state]
    )
    return form


@bp.get("/<int:question_id>/changes/new")
@requires(Permission.QUESTION_PREPARE, find=queries.question)
def new_change(question: Question) -> str:
    form = _choices(ChangeForm(formdata=None, version=str(question.version)), question)
    return render_template("questions/change.html", question=question, form=form)


@bp.post("/<int:question_id>/changes")
@requires(Permission.QUESTION_PREPARE, find=queries.exact)
def change(question: Question) -> ResponseReturnValue:
    form = ChangeForm()
    version = _version(form)
    # Sent from an older page, a step is judged by the version and not by where the question stands now.
    form.state.choices = options((to.value, gettext(word)) for to, word in states.WORDS.items())
    if not form.validate():
        return render_template("questions/change.html", question=question, form=_choices(form, question)), 422
    to, reason = QuestionState(form.state.data), form.reason.data or ""
    try:
        made = states.change(question, to, reason, version=version, by=me().member_id)
    except states.Clash as clash:
        return _clash(question, form), clash.status
    except Refusal as refusal:
        add_refusal(_choices(form, question), refusal)
        return render_template("questions/change.html", question=question, form=form), refusal.status
    if made is not None:
        notifications.tell_of_change(question, made)
    db.session.commit()
    flash_done(gettext("Läget är ändrat, och de som har föreslagit frågan får veta det."))
    return redirect(url_for("questions.show", question_id=question.id), 303)


def _clash(question: Question, form: ChangeForm) -> str:
    """Where the question stands by now, and the own reason in a form for that."""
    db.session.refresh(question, ["state", "version", "title", "merged_into_id"])
    last = said.last_change(question.id)
    form.version.data = str(question.version)
    return render_template(
        "questions/clash.html", question=question, form=_choices(form, question), last=last
    )


def _version(form: ChangeForm) -> int:
    try:
        return number(form.version.data or "")
    except ValueError:
        return 0
