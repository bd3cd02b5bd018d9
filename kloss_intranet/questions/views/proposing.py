"""Proposing a question, with those that are much like it before one's eyes, or joining one of them."""

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.text import tidy
from .. import notifications, queries
from ..forms import JoinForm, ProposalForm
from ..models import Question
from ..queries.alike import alike
from ..services import proposing
from .blueprint import bp


@bp.get("/new")
@requires(Permission.QUESTION_PROPOSE)
def new() -> str:
    return _new(ProposalForm(formdata=None))


def _new(form: ProposalForm, found: list[Question] | None = None) -> str:
    return render_template("questions/new.html", form=form, similar=found or [])


@bp.get("/similar")
@requires(Permission.QUESTION_PROPOSE)
def similar() -> ResponseReturnValue:
    """A piece of a page for the form, while the question is being written; empty when none is alike."""
    title = tidy(request.args.get("title", "")[: proposing.LONGEST_TITLE])
    found = alike(me(), title)
    return jsonify(html=render_template("questions/_alike.html", similar=found) if found else "")


@bp.post("/")
@requires(Permission.QUESTION_PROPOSE)
def propose() -> ResponseReturnValue:
    """A new question, or with `join` more words for one; what is much like it must first have been shown."""
    form = ProposalForm()
    if not form.validate():
        return _new(form), 422
    title, reason = form.title.data or "", form.reason.data or ""
    if joined := _joined():
        return _done(proposing.join(joined, me(), title, reason), is_joined=True)
    known = request.form.get("anyway", "").split()
    found = alike(me(), title)
    is_unseen = any(str(each.id) not in known for each in found)
    # The same form sent again meets the question it made, and is not asked about that.
    if is_unseen and not proposing.is_known(me(), title, reason):
        return _new(form, found), 422
    return _done(proposing.propose(me(), title, reason))


def _joined() -> Question | None:
    """The question that a button of the form says the words are for."""
    return queries.question(request.form.get("join", 0, type=number))


@bp.get("/<int:question_id>/proposals/new")
@requires(Permission.QUESTION_PROPOSE, find=queries.question)
def join(question: Question) -> str:
    return _join(question, JoinForm(formdata=None))


def _join(question: Question, form: JoinForm) -> str:
    return render_template("questions/join.html", question=question, form=form)


@bp.post("/<int:question_id>/proposals")
@requires(Permission.QUESTION_PROPOSE, find=queries.question)
def add(question: Question) -> ResponseReturnValue:
    form = JoinForm()
    if not form.validate():
        return _join(question, form), 422
    made = proposing.join(question, me(), form.title.data, form.reason.data or "")
    return _done(made, is_joined=True)


def _done(made: proposing.Proposed, *, is_joined: bool = False) -> ResponseReturnValue:
    if made.is_new:
        notifications.tell_of_proposal(made.question_id, made.proposal, is_joined=is_joined)
    db.session.commit()
    if is_joined:
        flash_done(gettext("Dina ord står nu vid frågan. Styrgruppen får veta det."))
    else:
        flash_done(gettext("Frågan är föreslagen. Styrgruppen får veta det, och du får ett kvitto."))
    return redirect(url_for("questions.show", question_id=made.question_id), 303)
