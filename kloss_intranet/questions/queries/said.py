"""What members have said of a question: proposals, why it matters to them, and the steps it has taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...core.policy import Actor
from ...core.swedish import sort_key
from ..models import Change, Proposal, Question, Relevance


@dataclass(frozen=True)
class Voice:
    """One member's sentence about why the question matters, and those it stands in place of."""

    now: Relevance
    before: list[Relevance]
    """The latest first; what was said before a sentence was taken back is not among them."""


@dataclass(frozen=True)
class Step:
    """A change of state, or with `merged` that another question became a part of this one."""

    change: Change
    merged: Question | None = None

    @property
    def at(self) -> datetime:
        return self.change.changed_at


def proposals(question: Question, reader: Actor) -> Sequence[Proposal]:
    """Everybody's own words for the question, the first ones first."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.question_id == question.id, *_in_time(reader, Proposal.proposed_at))
        .order_by(Proposal.proposed_at, Proposal.id)
        .options(joinedload(Proposal.institution))
    ).all()


def voices(question: Question, reader: Actor) -> list[Voice]:
    """Why the question matters, by institution in Swedish order; those without one come last."""
    written: dict[int, list[Relevance]] = {}
    for row in _relevances(question, *_in_time(reader, Relevance.written_at)):
        said = written.setdefault(row.member_id, [])
        if row.sentence is None:
            said.clear()
        else:
            said.append(row)
    voices = [Voice(rows[-1], rows[-2::-1]) for rows in written.values() if rows]
    return sorted(voices, key=_place)


def own(question: Question, reader: Actor) -> Sequence[Relevance]:
    """All that `reader` has written of why it matters, the latest first."""
    return _relevances(question, Relevance.member_id == reader.member_id)[::-1]


def steps(question: Question, reader: Actor) -> list[Step]:
    """The question's history, the latest first."""
    changes = db.session.scalars(
        select(Change)
        .where(Change.question_id == question.id, *_in_time(reader, Change.changed_at))
        .options(joinedload(Change.changed_by))
    )
    others = select(Question.id).where(Question.merged_into_id == question.id)
    last = select(func.max(Change.id)).where(Change.question_id.in_(others)).group_by(Change.question_id)
    merged = db.session.execute(
        select(Question, Change)
        .join(Change, Change.question_id == Question.id)
        .where(Change.id.in_(last.correlate(None)), *_in_time(reader, Change.changed_at))
        .options(joinedload(Change.changed_by), joinedload(Question.raised_by))
    )
    found = [Step(change) for change in changes] + [Step(change, other) for other, change in merged]
    return sorted(found, key=lambda step: (step.at, step.change.id), reverse=True)


def last_change(question_id: int) -> Change | None:
    """The latest step of the question, with who took it."""
    return db.session.scalar(
        select(Change)
        .where(Change.question_id == question_id)
        .order_by(Change.id.desc())
        .limit(1)
        .options(joinedload(Change.changed_by))
    )


def _relevances(question: Question, *which: ColumnElement[bool]) -> Sequence[Relevance]:
    return db.session.scalars(
        select(Relevance)
        .where(Relevance.question_id == question.id, *which)
        .order_by(Relevance.id)
        .options(joinedload(Relevance.institution))
    ).all()


def _place(voice: Voice) -> tuple[bool, str, str, int]:
    seat = voice.now.institution
    return seat is None, seat.sort_key if seat else "", sort_key(voice.now.signed_name), voice.now.id


def _in_time(reader: Actor, column: Any) -> tuple[ColumnElement[bool], ...]:
    """One who has left sees what was there then."""
    is_former = not reader.in_network and reader.reads_until is not None
    return (column < reader.reads_until,) if is_former else ()
