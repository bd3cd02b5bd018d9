"""A thing as a coordinator looks into it: its words, what stands around it, its author, what was before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from ...core import clock
from ...core.db import db
from ...members import queries as members
from ...members.models import Institution, Mandate, RoleKind
from ...threads.models import Attachment, Post, Thread
from ..models import Decision, Report, SubjectKind
from . import queue, things
from .queue import Waiting
from .things import Thing

AROUND = 2
"""Posts shown before the one that is looked into, and after it."""

OTHERS = 10
"""Measures shown about other things by the same author."""


@dataclass(frozen=True)
class Neighbour:
    """A post that stands near; its words are empty when it is withdrawn or hidden."""

    id: int
    name: str
    institution: Institution | None
    posted_at: datetime
    words: str
    is_answered: bool
    """The post that is looked into answers this one."""


@dataclass(frozen=True)
class Author:
    """Who wrote the thing, with what they were appointed to and the roles they have today."""

    id: int
    name: str
    mandates: tuple[Mandate, ...]
    roles: tuple[RoleKind, ...]


@dataclass(frozen=True)
class Case:
    """All that a case's page shows."""

    waiting: Waiting
    post: Post | None
    """The post, or the one that a file stands beside, with its thread and meeting."""
    files: tuple[Thing, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]
    author: Author | None
    reports: tuple[Report, ...]
    """Those that have been looked into, the latest first."""
    measures: tuple[Decision, ...]
    others: tuple[tuple[Decision, Thing], ...]

    @property
    def thing(self) -> Thing:
        return self.waiting.thing


def case(thing: Thing) -> Case:
    """As few statements for a long thread and a long history as for short ones."""
    post = _post(thing.post_id) if thing.post_id else None
    about = (Decision.subject_kind == thing.kind, Decision.subject_id == thing.id)
    return Case(
        waiting=queue.about(thing),
        post=post,
        files=_files(post.id) if post and thing.kind is SubjectKind.POST and not thing.is_withdrawn else (),
        before=_before(post) if post else (),
        after=_after(post) if post else (),
        author=_author(thing),
        reports=_settled_reports(thing),
        measures=tuple(queue.settled(*about, limit=50)),
        others=_others(thing),
    )


def thread(thread_id: int) -> Thread | None:
    """The thread itself, also one whose posts another has taken over."""
    return db.session.get(Thread, thread_id)


def _post(post_id: int) -> Post | None:
    thread = joinedload(Post.thread).joinedload(Thread.meeting)
    return db.session.scalar(
        select(Post).where(Post.id == post_id).options(thread).execution_options(populate_existing=True)
    )


def _files(post_id: int) -> tuple[Thing, ...]:
    ids = db.session.scalars(
        select(Attachment.id)
        .where(Attachment.post_id == post_id, Attachment.withdrawn_at.is_(None))
        .order_by(Attachment.id)
    )
    keys = [(SubjectKind.ATTACHMENT, number) for number in ids]
    found = things.things(keys)
    return tuple(found[key] for key in keys if key in found)


def _near(post: Post, *which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(Post, Institution)
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .where(Post.thread_id == post.thread_id, *which)
    )


def _before(post: Post) -> tuple[Neighbour, ...]:
    """The posts right before, after the one that is answered when that stands further off."""
    near = _near(post, Post.seq < post.seq).order_by(Post.seq.desc()).limit(AROUND)
    rows = list(reversed(db.session.execute(near).all()))
    if post.parent_id is not None and all(row[0].id != post.parent_id for row in rows):
        rows = [*db.session.execute(_near(post, Post.id == post.parent_id)).all(), *rows]
    return tuple(_neighbour(row, post) for row in rows)


def _after(post: Post) -> tuple[Neighbour, ...]:
    near = _near(post, Post.seq > post.seq).order_by(Post.seq).limit(AROUND)
    return tuple(_neighbour(row, post) for row in db.session.execute(near))


def _neighbour(row: Any, post: Post) -> Neighbour:
    near, institution = row
    words = near.body if near.stands else ""
    return Neighbour(near.id, near.signed_name, institution, near.posted_at, words, near.id == post.parent_id)


def _author(thing: Thing) -> Author | None:
    if thing.author_id is None:
        return None
    mandates = tuple(members.mandates_of(thing.author_id))
    roles = tuple(members.roles_on(clock.today()).get(thing.author_id, []))
    return Author(thing.author_id, thing.author, mandates, roles)


def _settled_reports(thing: Thing) -> tuple[Report, ...]:
    query = (
        select(Report)
        .where(
            Report.subject_kind == thing.kind,
            Report.subject_id == thing.id,
            Report.settled_by_id.is_not(None),
        )
        .options(joinedload(Report.member), joinedload(Report.settled_by))
        .order_by(Report.id.desc())
    )
    return tuple(db.session.scalars(query))


def _others(thing: Thing) -> tuple[tuple[Decision, Thing], ...]:
    """What has been done about other things by the same author, the latest first."""
    if thing.author_id is None:
        return ()
    other = or_(Decision.subject_kind != thing.kind, Decision.subject_id != thing.id)
    made = queue.settled(Decision.author_id == thing.author_id, other, limit=OTHERS)
    found = things.things([(one.subject_kind, one.subject_id) for one in made])
    pairs = ((one, found.get((one.subject_kind, one.subject_id))) for one in made)
    return tuple((one, about) for one, about in pairs if about is not None)
