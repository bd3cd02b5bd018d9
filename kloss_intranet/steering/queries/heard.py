"""Who is heard in a question: in its threads, and in the draft of its dossier."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ...members.models import Institution, InstitutionKind, Mandate
from ...threads.models import Audience, Factor, Post, Relation, Thread
from ...threads.queries import folded
from ..models import Citation, Dossier, Objection, Part

FEWEST = 3
"""Institutions of a kind for it to be called silent; of fewer, everybody would know who that is."""
ORDER = [*InstitutionKind, None]


@dataclass(frozen=True)
class Seat:
    """An institution, and where it is heard."""

    institution: Institution
    in_threads: bool
    in_dossier: bool

    @property
    def is_heard(self) -> bool:
        return self.in_threads or self.in_dossier


@dataclass(frozen=True)
class Group:
    """The institutions of one kind, those that are heard and those that are not yet."""

    kind: InstitutionKind | None
    heard: tuple[Seat, ...]
    silent: tuple[Seat, ...]


@dataclass(frozen=True)
class Kind:
    """Whether anybody of a kind is heard; for members, who are told of nobody's silence."""

    kind: InstitutionKind | None
    is_heard: bool


def seats(question_id: int, day: date) -> list[Group]:
    """Every institution with a mandate on `day`, and those heard before; by kind, in alphabetical order."""
    in_threads, in_dossier = _in_threads(question_id), _in_dossier(question_id)
    query = (
        select(Institution, in_threads, in_dossier)
        .where(or_(_serves(day), in_threads, in_dossier))
        .order_by(Institution.sort_key)
    )
    found = [Seat(*row) for row in db.session.execute(query)]
    groups = []
    for kind in ORDER:
        of_kind = [seat for seat in found if seat.institution.kind == kind]
        heard = tuple(seat for seat in of_kind if seat.is_heard)
        silent = tuple(seat for seat in of_kind if not seat.is_heard)
        if of_kind:
            groups.append(Group(kind, heard, silent))
    return groups


def kinds(question_id: int, day: date) -> list[Kind]:
    """By kind, whether anybody is heard in the threads; empty where nobody is."""
    in_threads = _in_threads(question_id)
    query = (
        select(Institution.kind, in_threads, func.count())
        .where(or_(_serves(day), in_threads))
        .group_by(Institution.kind, in_threads)
    )
    number = {(kind, bool(is_heard)): count for kind, is_heard, count in db.session.execute(query)}
    heard = {kind for kind, is_heard in number if is_heard}
    if not heard:
        return []
    told = [
        kind
        for kind in ORDER
        if kind in heard or (kind is not None and number.get((kind, False), 0) >= FEWEST)
    ]
    return [Kind(kind, kind in heard) for kind in told]


@dataclass(frozen=True)
class Sides:
    """What kinds of experience are told, without how many."""

    factors: frozenset[Factor]
    relations: frozenset[Relation]


def sides(question_id: int, reader: Actor) -> Sides:
    """What the question's threads hold, but for posts folded for the reader."""
    query = (
        select(Post.factor, Post.relation)
        .distinct()
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .where(*_told(question_id), ~folded(reader))
    )
    rows = db.session.execute(query).all()
    return Sides(
        frozenset(row.factor for row in rows if row.factor is not None),
        frozenset(row.relation for row in rows if row.relation is not None),
    )


def _told(question_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Thread.question_id == question_id,
        Thread.audience == Audience.NETWORK,
        Post.stands.expression,
    )


def _in_threads(question_id: int) -> ColumnElement[bool]:
    return exists().where(
        Post.institution_id == Institution.id, Thread.id == Post.thread_id, *_told(question_id)
    )


def _in_dossier(question_id: int) -> ColumnElement[bool]:
    return exists().where(
        Post.institution_id == Institution.id,
        Citation.post_id == Post.id,
        Part.id == Citation.part_id,
        Part.removed_at.is_(None),
        Dossier.id == Part.dossier_id,
        Dossier.question_id == question_id,
        Post.stands,
        ~Post.not_for_quoting,
        ~exists().where(Objection.citation_id == Citation.id, Objection.is_granted.is_(True)),
    )


def _serves(day: date) -> ColumnElement[bool]:
    return exists().where(
        Mandate.institution_id == Institution.id,
        and_(Mandate.starts_on <= day, or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day)),
    )
