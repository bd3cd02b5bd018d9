"""Making two questions one: everybody's name and words go along, and nothing is lost on the way."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, exists, insert, select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Change, Proposal, Question, Relevance, Treatment
from . import turns

Mover = Callable[[int, int], None]
_movers: list[Mover] = []

ITSELF = text("En fråga kan inte slås ihop med sig själv. Välj en annan.")
UNKNOWN = text("Välj en fråga som finns.")
GONE = text("Den frågan har själv gått upp i en annan. Välj den i stället.")
ALREADY = text("Frågan har redan gått upp i en annan.")


def moves(mover: Mover) -> Mover:
    """Register a function that moves what a higher area keeps, from one question (id) to another.

    It may raise Refusal before it has written anything.
    """
    if mover not in _movers:
        _movers.append(mover)
    return mover


def merge(question: Question, into_id: int, reason: str, by: int) -> bool:
    """Let `question` become a part of another; False when it has done so before.

    Raises Refusal, also when somebody else has merged one of them meanwhile.
    """
    if into_id == question.id:
        raise Refusal(ITSELF, field="into")
    # Held in the order of their numbers, so that two who merge each other's way never go in circles.
    held = turns.hold(question.id, into_id)
    if question.id not in held or into_id not in held:
        raise Refusal(UNKNOWN, field="into")
    if held[question.id].merged_into_id == into_id:
        return False
    if held[question.id].merged_into_id is not None:
        raise Refusal(ALREADY, status=409)
    if held[into_id].merged_into_id is not None:
        raise Refusal(GONE, field="into")
    for mover in _movers:
        mover(question.id, into_id)
    _treatments(question.id, into_id)
    _relevances(question.id, into_id)
    _all_to(Proposal.question_id, question.id, into_id)
    _all_to(Question.merged_into_id, question.id, into_id)
    db.session.add(
        Change(
            question_id=question.id,
            became=held[question.id].state,
            reason=reason,
            changed_at=clock.now(),
            changed_by_id=by,
        )
    )
    _set(question.id, version=Question.version + 1, merged_into_id=into_id)
    _set(into_id, version=Question.version + 1)
    record("question:merge", f"question:{question.id}", by, into=into_id)
    return True


def _treatments(one: int, into: int) -> None:
    """The agenda items follow; one that treats both treats the kept one."""
    there = select(Treatment.agenda_item_id).where(Treatment.question_id == into)
    both = (Treatment.question_id == one, Treatment.agenda_item_id.in_(there))
    db.session.execute(delete(Treatment).where(*both).execution_options(synchronize_session=False))
    _all_to(Treatment.question_id, one, into)


def _relevances(one: int, into: int) -> None:
    """The sentences follow; one that stands is not hidden by one that was taken back at the other."""
    standing = [row for row in _latest(one, into) if row["sentence"] is not None]
    _all_to(Relevance.question_id, one, into)
    now = {row["member_id"] for row in _latest(into) if row["sentence"] is not None}
    hidden = [row | {"question_id": into} for row in standing if row["member_id"] not in now]
    if hidden:
        db.session.execute(insert(Relevance), hidden)


def _latest(*question_ids: int) -> list[dict[str, Any]]:
    """The latest sentence of each member at each of the questions, as columns of a new row."""
    later = Relevance.__table__.alias()
    same = (later.c.question_id == Relevance.question_id, later.c.member_id == Relevance.member_id)
    columns = [column for column in Relevance.__table__.columns if column.key != "id"]
    rows = db.session.execute(
        select(*columns).where(
            Relevance.question_id.in_(question_ids),
            ~exists().where(*same, later.c.id > Relevance.id).correlate(Relevance),
        )
    )
    return [dict(row._mapping) for row in rows]


def _all_to(column: Any, one: int, into: int) -> None:
    moved = update(column.class_).where(column == one).values({column: into})
    db.session.execute(moved.execution_options(synchronize_session=False))


def _set(question_id: int, **values: Any) -> None:
    changed = update(Question).where(Question.id == question_id).values(**values)
    db.session.execute(changed.execution_options(synchronize_session=False))
