"""Who is told of what happens to a question."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select

from ...core.db import db
from ...mail.models import Letter
from ...members.models import Member, Role
from ...members.queries import holds, serves
from ..models import Proposal, Question

ABOUT = "question-"
"""What the conversations of letters about questions begin with."""


def steering(day: date) -> Sequence[Member]:
    """The steering group and the coordinator: everyone with a role on `day`."""
    return _members(holds(Role, day))


def proposers(question: Question, day: date) -> Sequence[Member]:
    """Those who have raised or proposed the question and serve in the network on `day`."""
    proposed = exists().where(Proposal.member_id == Member.id, Proposal.question_id == question.id)
    raised = select(Question.raised_by_id).where(
        or_(Question.id == question.id, Question.merged_into_id == question.id)
    )
    return _members(or_(proposed, Member.id.in_(raised)), serves(day))


def serving(member_ids: Collection[int], day: date) -> Sequence[Member]:
    """Those of the members who serve in the network on `day`."""
    return _members(Member.id.in_(member_ids), serves(day))


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of these letters, those about questions whose readers have left the network."""
    about = select(Letter.id).join(Member, Member.id == Letter.member_id)
    about = about.where(Letter.id.in_(letter_ids), Letter.conversation.like(f"{ABOUT}%"), ~serves(day))
    return set(db.session.scalars(about))


def _members(*which: ColumnElement[bool]) -> Sequence[Member]:
    return db.session.scalars(
        select(Member).where(Member.closed_at.is_(None), *which).order_by(Member.id)
    ).all()


def echoes_written() -> int:
    """How many letters have asked what happened after a meeting."""
    return db.session.scalar(select(func.count()).where(Letter.key.startswith("echo:"))) or 0
