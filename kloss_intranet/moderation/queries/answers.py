"""What authors have answered: what waits for a coordinator, and what has been said about one thing."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from ...core.db import db
from ..models import Answer, Decision, SubjectKind


def waiting() -> list[Answer]:
    """The answers that no later measure has settled, the oldest first.

    Each comes with its `decision`, and that with its `author`, who wrote the answer: one statement.
    """
    return list(db.session.scalars(_with_measures().where(Answer.settled_by_id.is_(None))))


def about(kind: SubjectKind, subject_id: int) -> list[Answer]:
    """Every answer to a measure about one thing, settled or not, the oldest first: one statement."""
    of_subject = Decision.subject_kind == kind, Decision.subject_id == subject_id
    return list(db.session.scalars(_with_measures().where(*of_subject)))


def to_measure(decision_id: int) -> Answer | None:
    """What the author has answered to one measure, with the measure that settled it."""
    query = select(Answer).where(Answer.decision_id == decision_id).options(joinedload(Answer.settled_by))
    return db.session.scalars(query.order_by(Answer.id).limit(1)).one_or_none()


def _with_measures() -> Select[Answer]:
    return (
        select(Answer)
        .join(Answer.decision)
        .options(contains_eager(Answer.decision).joinedload(Decision.author), joinedload(Answer.settled_by))
        .order_by(Answer.id)
    )
