"""One measure: what was done, why and in which role, and what its author answers."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.words import Refusal
from ...threads.queries import posts
from ..forms.answers import AnswerForm
from ..models import Act, Decision, SubjectKind
from ..notifications import answers as letters
from ..notifications.coordinators import page_of
from ..notifications.sentences import meaning, title_for
from ..queries import answers, measures
from ..queries.things import Thing, thing
from ..services import answering
from .blueprint import bp
from .own import named, sentence

SHOWN = frozenset({Act.ASK, Act.HIDE, Act.KEEP})
"""The acts whose page shows the author the words they are about."""


@bp.get("/moderation/measures/<int:decision_id>")
@requires(Permission.DECISION_READ, find=measures.measure)
def measure(decision: Decision) -> str:
    return _page(decision, AnswerForm(formdata=None))


@bp.post("/moderation/measures/<int:decision_id>/answers")
@requires(Permission.DECISION_ANSWER, find=measures.measure)
def answer(decision: Decision) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate():
        return _page(decision, form), 422
    try:
        made = answering.answer(decision, form.body.data or "", me().member_id)
    except Refusal as refusal:
        db.session.rollback()
        add_refusal(form, refusal)
        return _page(measures.measure(decision.id) or abort(404), form), refusal.status
    if made is not None:
        letters.tell_of_answer(made, decision)
    db.session.commit()
    flash_done(gettext("Svaret är skickat. En koordinator läser det, och du får veta vad som händer."))
    return redirect(url_for("moderation.measure", decision_id=decision.id), 303)


def _page(decision: Decision, form: AnswerForm) -> str:
    kind, found = decision.subject_kind, thing(decision.subject_kind, decision.subject_id)
    is_mine = decision.author_id == me().member_id
    title = title_for(me(), found)
    others = measures.others(decision)
    values: dict[str, Any] = {
        "measure": decision,
        "thing": found,
        "form": form,
        "is_mine": is_mine,
        "title": title,
        "said": sentence(decision.act, kind, title) if is_mine else None,
        "means": meaning(decision.act) if is_mine else None,
        "words": _words(decision, found) if is_mine else None,
        "may_edit": is_mine and decision.act is Act.ASK and _may_edit(found),
        "case": page_of(kind, decision.subject_id) if may(me(), Permission.QUEUE_READ) else None,
        "act": named,
        "earlier": [each for each in others if each.id < decision.id],
        "later": [each for each in others if each.id > decision.id],
        "answer": answers.to_measure(decision.id),
        "shown": lambda plain: texts.shown(texts.to_html(plain)),
    }
    return render_template("moderation/measure.html", **values)


def _words(decision: Decision, found: Thing | None) -> Any:
    """The author's own words, as they are by now; nobody else meets them here."""
    if found is None or decision.act not in SHOWN or not found.words:
        return None
    if decision.subject_kind is SubjectKind.ATTACHMENT:
        return found.words
    is_post = decision.subject_kind is SubjectKind.POST
    return texts.shown(texts.to_html(found.words)) if is_post else None


def _may_edit(found: Thing | None) -> bool:
    if found is None or found.kind is not SubjectKind.POST:
        return False
    post = posts.post(found.id)
    return post is not None and may(me(), Permission.POST_EDIT, post)
