"""Who prepares a question and what comes next, and taking a question up."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...questions.models import QuestionState
from ...questions.notifications import tell_of_change
from ...questions.queries import said
from ...questions.services import states
from ..forms.room import PreparationForm, UptakeForm, offer_owners
from ..notifications.owners import tell_owner
from ..queries import preparations
from ..queries.preparations import Prepared
from ..services import preparations as preparing
from .blueprint import bp

TAKEN_UP = QuestionState.IN_PREPARATION


@bp.get("/steering/questions/<int:question_id>/preparation")
@requires(Permission.PREPARATION_WRITE, find=preparations.prepared)
def preparation(found: Prepared) -> str:
    return _page(found, _stored(found))


@bp.post("/steering/questions/<int:question_id>/preparation")
@requires(Permission.PREPARATION_WRITE, find=preparations.exact)
def prepare(found: Prepared) -> ResponseReturnValue:
    form = _offered(PreparationForm())
    if not form.validate():
        return _page(found, form), 422
    try:
        noted = preparing.prepare(found.question, form.plan, _version(form.version), me().member_id)
    except preparing.Clash as clash:
        return _clash(found, form), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(found, form), refusal.status
    tell_owner(found.question, form.plan, noted, me().member_id)
    db.session.commit()
    flash_done(gettext("Beredningen är sparad.") if noted else gettext("Inget var ändrat."))
    return _back(found)


@bp.get("/steering/questions/<int:question_id>/uptakes/new")
@requires(Permission.PREPARATION_WRITE, find=preparations.prepared)
def new_uptake(found: Prepared) -> ResponseReturnValue:
    if TAKEN_UP not in states.FOLLOWING[found.question.state]:
        return redirect(url_for("steering.preparation", question_id=found.question.id), 303)
    kept = found.preparation
    owner = str(kept.owner_id if kept and kept.owner_id else me().member_id)
    step = {"next_step": kept.next_step, "next_step_on": kept.next_step_on} if kept else {}
    versions = {"version": str(found.question.version), "prepared": str(kept.version if kept else 0)}
    form = UptakeForm(formdata=None, data={"owner": owner} | versions | step)
    return _uptake(found, _offered(form))


@bp.post("/steering/questions/<int:question_id>/uptakes")
@requires(Permission.PREPARATION_WRITE, find=preparations.exact)
def take_up(found: Prepared) -> ResponseReturnValue:
    """The question is being prepared from now on, which its proposers are told, and somebody sees to it."""
    form = _offered(UptakeForm())
    if not form.validate():
        return _uptake(found, form), 422
    question, reason, by = found.question, form.reason.data or "", me().member_id
    try:
        made = states.change(question, TAKEN_UP, reason, version=_version(form.version), by=by)
        noted = preparing.prepare(question, form.plan, _version(form.prepared), by)
    except Refusal as refusal:
        question_id = question.id
        db.session.rollback()
        again = preparations.prepared(question_id) or found
        if isinstance(refusal, states.Clash | preparing.Clash):
            form.version.data = str(again.question.version)
            form.prepared.data = str(again.preparation.version if again.preparation else 0)
            last = said.last_change(again.question.id)
            return _uptake(again, form, is_clash=True, last=last), refusal.status
        add_refusal(form, refusal)
        return _uptake(again, form), refusal.status
    if made is not None:
        tell_of_change(question, made)
    tell_owner(question, form.plan, noted, by)
    db.session.commit()
    flash_done(gettext("Frågan är upptagen, och de som har föreslagit den får veta det."))
    return _back(found)


def _offered(form: Any) -> Any:
    offer_owners(form, preparations.group(clock.today()))
    return form


def _stored(found: Prepared) -> PreparationForm:
    kept = found.preparation
    known: dict[str, Any] = {"version": str(kept.version if kept else 0)}
    if kept is not None:
        step = {"next_step": kept.next_step, "next_step_on": kept.next_step_on}
        known |= {"owner": str(kept.owner_id or "")} | step
    form: PreparationForm = _offered(PreparationForm(formdata=None, data=known))
    return form


def _page(found: Prepared, form: PreparationForm) -> str:
    return _drawn("steering/preparation.html", found, form)


def _uptake(found: Prepared, form: UptakeForm, **more: Any) -> str:
    can_be = TAKEN_UP in states.FOLLOWING[found.question.state] and not found.question.merged_into_id
    return _drawn(
        "steering/preparation_uptake.html",
        found,
        form,
        **{"is_clash": False, "last": None, "can_be": can_be} | more,
    )


def _clash(found: Prepared, form: PreparationForm) -> str:
    """What is noted by now, above what was sent; sent again, the form replaces it."""
    now = Prepared(found.question, preparations.preparation(found.question.id))
    form.version.data = str(now.preparation.version if now.preparation else 0)
    return _drawn("steering/preparation_clash.html", now, form)


def _drawn(template: str, found: Prepared, form: PreparationForm, **more: Any) -> str:
    return render_template(
        template, question=found.question, preparation=found.preparation, form=form, **more
    )


def _back(found: Prepared) -> ResponseReturnValue:
    return redirect(url_for("steering.room", _anchor=f"question-{found.question.id}"), 303)


def _version(field: Field) -> int:
    try:
        return number(field.data or "")
    except ValueError:
        return 0
