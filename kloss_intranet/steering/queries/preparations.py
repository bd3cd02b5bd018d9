"""Who prepares a question and what comes next; for the closed room alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...mail.models import Letter
from ...members.models import Member
from ...questions import queries as questions
from ...questions.models import Question
from ...questions.queries import telling
from ...threads.queries.notices import CLOSED_ROOM
from ..models import Preparation

ROOM = CLOSED_ROOM


@dataclass(frozen=True)
class Prepared:
    """A question, and what is noted about its preparation, if anything."""

    question: Question
    preparation: Preparation | None


def prepared(question_id: int) -> Prepared | None:
    """The question, or the one it has become a part of, with its preparation as it is by now."""
    return _with(questions.question(question_id))


def exact(question_id: int) -> Prepared | None:
    """The same of the question with this number and no other."""
    return _with(questions.exact(question_id))


def preparation(question_id: int) -> Preparation | None:
    return preparations([question_id]).get(question_id)


def preparations(question_ids: Collection[int]) -> dict[int, Preparation]:
    """What is noted about these questions, with the owners: one statement however many they are."""
    rows = db.session.scalars(
        select(Preparation)
        .where(Preparation.question_id.in_(question_ids))
        .options(joinedload(Preparation.owner), joinedload(Preparation.changed_by))
        .execution_options(populate_existing=True)
    )
    return {row.question_id: row for row in rows}


def group(day: date) -> list[Member]:
    """Those who may prepare a question on `day`: the steering group, its convenor and the coordinator."""
    return sorted(telling.steering(day), key=lambda member: member.sort_key)


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of these letters, those that lead into the closed room and whose readers may not enter it."""
    inside = {member.id for member in telling.steering(day)}
    waiting = select(Letter.id, Letter.member_id).where(
        Letter.id.in_(letter_ids), Letter.path.startswith(ROOM)
    )
    return {number for number, reader in db.session.execute(waiting) if reader not in inside}


def _with(question: Question | None) -> Prepared | None:
    return Prepared(question, preparation(question.id)) if question else None
