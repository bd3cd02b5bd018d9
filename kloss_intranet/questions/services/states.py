"""Where a question stands: the steps it may take, each with a reason that members see."""

from typing import Any

from babel.dates import format_date
from sqlalchemy import update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting
from ..models import Change, Question, QuestionState
from ..queries import said

LONGEST_REASON = 1000
S = QuestionState
WORDS = {
    S.RAISED: text("Väckt"),
    S.IN_PREPARATION: text("I beredning"),
    S.CHOSEN: text("Utvald"),
    S.TREATED: text("Behandlad"),
    S.FOLLOWED_UP: text("Uppföljd"),
    S.RESTING: text("Vilande"),
}
FOLLOWING = {
    S.RAISED: (S.IN_PREPARATION, S.RESTING),
    S.IN_PREPARATION: (S.CHOSEN, S.RESTING),
    S.CHOSEN: (S.TREATED, S.RESTING),
    # A question outlives its meetings: what has been treated may be prepared once more.
    S.TREATED: (S.FOLLOWED_UP, S.IN_PREPARATION, S.RESTING),
    S.FOLLOWED_UP: (S.IN_PREPARATION, S.RESTING),
    S.RESTING: (S.RAISED, S.IN_PREPARATION, S.CHOSEN),
}
"""The steps that the steering group may take from each state."""
MERGED = text("Frågan har gått upp i en annan. Gör det där i stället.")


class Clash(Refusal):
    """The question was changed after the form was opened; nothing of what was sent was written."""

    def __init__(self) -> None:
        super().__init__(text("Frågan har ändrats sedan du öppnade sidan."), status=409)


def change(question: Question, to: QuestionState, reason: str, *, version: int, by: int) -> Change | None:
    """Take a step from the question's `version`; None when the same form was sent before.

    Raises Refusal for a step that may not be taken, and Clash when somebody else has taken one.
    """
    if question.merged_into_id is not None:
        raise Refusal(MERGED, status=409)
    if question.version != version:
        _check_sent_again(question, to, reason, by)
        return None
    if to not in FOLLOWING[question.state]:
        raise Refusal(text("Dit kan frågan inte gå härifrån. Välj ett av alternativen."), field="state")
    was = question.state
    # The version is asked for in the same statement, so that of two who step at once one is refused.
    same = (Question.version == version, Question.merged_into_id.is_(None))
    if not _step(question, to, *same):
        _check_sent_again(question, to, reason, by)
        return None
    record("question:state", f"question:{question.id}", by, before={"state": was}, after={"state": to})
    return _told(question, reason, by)


def treat(question: Question, by: int, meeting: Meeting) -> Change:
    """Say that the question has been treated at `meeting`, from whatever state."""
    states = {"before": {"state": question.state}, "after": {"state": S.TREATED}}
    record("question:treat", f"question:{question.id}", by, meeting=meeting.slug, **states)
    _step(question, S.TREATED)
    return _told(question, f"Behandlad vid träffen {_called(meeting)}.", by)


def carry_on(question: Question, by: int, meeting: Meeting) -> Change:
    """Say that the question stood on the agenda of `meeting` and was left for another."""
    _read_again(question)
    record("question:carry-on", f"question:{question.id}", by, meeting=meeting.slug)
    _step(question, question.state)
    return _told(question, f"Hanns inte med vid träffen {_called(meeting)}, och förs vidare.", by)


def bring_back(question: Question, by: int, meeting: Meeting) -> Change | None:
    """Choose a question that rested or was being prepared, and has been put on the agenda of `meeting`.

    Others stand as they are.
    """
    _read_again(question)
    if question.merged_into_id is not None or question.state not in (S.RESTING, S.IN_PREPARATION):
        return None
    states = {"before": {"state": question.state}, "after": {"state": S.CHOSEN}}
    record("question:state", f"question:{question.id}", by, **states)
    _step(question, S.CHOSEN)
    return _told(question, f"Satt på dagordningen för träffen {_called(meeting)}.", by)


def _read_again(question: Question) -> None:
    """As it is by now: the caller holds it, and somebody may have changed it before that."""
    db.session.refresh(question, ["state", "version", "merged_into_id"])


def _step(question: Question, to: QuestionState, *same: Any) -> bool:
    done = db.session.execute(
        update(Question)
        .where(Question.id == question.id, *same)
        .values(state=to, version=Question.version + 1)
        .returning(Question.version)
        .execution_options(synchronize_session=False)
    ).scalar()
    if done is not None:
        db.session.refresh(question, ["state", "version"])
    return done is not None


def _told(question: Question, reason: str, by: int) -> Change:
    row = Change(
        question_id=question.id,
        became=question.state,
        reason=reason,
        changed_at=clock.now(),
        changed_by_id=by,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _check_sent_again(question: Question, to: QuestionState, reason: str, by: int) -> None:
    """Raises Clash unless the latest step is this very one: then nothing is left to do."""
    last = said.last_change(question.id)
    if last is None or (last.became, last.reason, last.changed_by_id) != (to, reason, by):
        raise Clash


def _called(meeting: Meeting) -> str:
    """In the Swedish of the record, whoever reads it."""
    on = format_date(meeting.starts_on, "d MMMM y", locale="sv")
    return f"{meeting.title or meeting.place or 'digitalt'}, {on}"
