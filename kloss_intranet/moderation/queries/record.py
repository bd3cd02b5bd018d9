"""The moderation record: every measure with its reason, the latest first."""

from dataclasses import dataclass

from sqlalchemy import select

from ...core.db import db
from ..models import Act, Answer, Decision, SubjectKind
from .halves import Half
from .measures import WITH_PEOPLE
from .things import Thing, things

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the reader of the record wants to see; None is all."""

    act: Act | None = None
    kind: SubjectKind | None = None
    half: Half | None = None


@dataclass(frozen=True)
class Entry:
    """A measure with the thing it is about; `is_answered` says that the author has answered it."""

    measure: Decision
    thing: Thing | None
    is_answered: bool


def entries(wanted: Wanted, before: int | None = None) -> list[Entry]:
    """A page of the record and one more, the latest first; those older than the measure `before`."""
    query = select(Decision).options(*WITH_PEOPLE).order_by(Decision.id.desc()).limit(PAGE + 1)
    if wanted.act is not None:
        query = query.where(Decision.act == wanted.act)
    if wanted.kind is not None:
        query = query.where(Decision.subject_kind == wanted.kind)
    if wanted.half is not None:
        half = wanted.half
        query = query.where(Decision.decided_at >= half.begins_at, Decision.decided_at < half.next.begins_at)
    if before is not None:
        query = query.where(Decision.id < before)
    measures = list(db.session.scalars(query))
    answers = select(Answer.decision_id).where(Answer.decision_id.in_([each.id for each in measures]))
    answered = set(db.session.scalars(answers)) if measures else set()
    found = things([(each.subject_kind, each.subject_id) for each in measures])
    return [
        Entry(each, found.get((each.subject_kind, each.subject_id)), each.id in answered) for each in measures
    ]
