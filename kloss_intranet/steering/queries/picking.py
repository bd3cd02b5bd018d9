"""Picking a passage: the post it comes from, and the places in dossiers where it may be put."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...core.swedish import sort_key
from ...questions.models import Question, QuestionState
from ...threads.models import Post, Thread
from ..models import Dossier, Part, PartKind


def source(post_id: int) -> Post | None:
    """A post to pick from, with its thread, meeting and institution."""
    return db.session.scalar(
        select(Post)
        .where(Post.id == post_id)
        .options(joinedload(Post.thread).joinedload(Thread.meeting), joinedload(Post.institution))
    )


@dataclass(frozen=True)
class Place:
    """Where a passage may be put: at the end of a question's dossier, or under one of its headings."""

    question: Question
    headings: tuple[Part, ...]


OPEN = (QuestionState.CHOSEN, QuestionState.IN_PREPARATION, QuestionState.RAISED)
"""The states of questions whose dossiers are offered first, in that order."""


def places(first: int | None = None) -> list[Place]:
    """Every question with the headings of its dossier: `first`, then those being prepared, then the rest."""
    query = (
        select(Question, Part)
        .outerjoin(Dossier, Dossier.question_id == Question.id)
        .outerjoin(
            Part,
            (Part.dossier_id == Dossier.id) & (Part.kind == PartKind.HEADING) & Part.removed_at.is_(None),
        )
        .where(Question.merged_into_id.is_(None))
        .order_by(Question.id, Part.position, Part.id)
    )
    found = []
    for question, rows in groupby(db.session.execute(query), key=lambda row: row[0]):
        found.append(Place(question, tuple(part for _, part in rows if part)))
    return sorted(found, key=lambda place: _urgency(place.question, first))


def _urgency(question: Question, first: int | None) -> tuple[bool, int, str]:
    state = OPEN.index(question.state) if question.state in OPEN else len(OPEN)
    return question.id != first, state, sort_key(question.title)


def end_of_section(heading: Part) -> int:
    """The id of the last standing part under `heading`; its own when nothing stands there."""
    query = (
        select(Part.id, Part.kind)
        .where(Part.dossier_id == heading.dossier_id, Part.removed_at.is_(None))
        .where(Part.position > heading.position)
        .order_by(Part.position, Part.id)
    )
    last = heading.id
    for part_id, kind in db.session.execute(query):
        if kind is PartKind.HEADING:
            break
        last = part_id
    return last
