"""One measure, and what else has been done about the same thing."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ..models import Decision, Report

WITH_PEOPLE = (joinedload(Decision.author), joinedload(Decision.decided_by))


def measure(decision_id: int) -> Decision | None:
    """The measure with whose thing it concerns and who took it."""
    query = select(Decision).where(Decision.id == decision_id).options(*WITH_PEOPLE)
    return db.session.scalars(query).one_or_none()


def others(measure: Decision) -> list[Decision]:
    """The other measures about the same thing, the oldest first."""
    same = Decision.subject_kind == measure.subject_kind, Decision.subject_id == measure.subject_id
    query = select(Decision).where(*same, Decision.id != measure.id).order_by(Decision.id)
    return list(db.session.scalars(query))


def reporters(decision_id: int) -> Sequence[int]:
    """The members whose reports the measure has settled, each once."""
    query = select(Report.member_id).where(Report.settled_by_id == decision_id).distinct()
    return db.session.scalars(query).all()
