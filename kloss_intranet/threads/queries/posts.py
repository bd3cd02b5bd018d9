"""Posts as plain rows, one joined statement a page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased, joinedload

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting, Phase
from ...members.models import Institution, Origin
from ..models import Post, Reading, Thread
from .listing import visible

PAGE = 50
"""Posts on a page."""

Parent = aliased(Post)
ParentSeat = aliased(Institution)


@dataclass(frozen=True)
class Voice:
    """Who speaks: an institution, or the network's office when `slug` is None."""

    slug: str | None
    name_sv: str
    name_en: str
    is_invented: bool


@dataclass(frozen=True)
class PostRow:
    """A post with its voice and what it answers."""

    id: int
    thread_id: int
    seq: int
    root_seq: int
    kind: str
    relation: str | None
    aspect: str | None
    factor: str | None
    context: str | None
    body_html: str
    posted_at: datetime
    member_id: int
    signed_name: str
    signed_title: str | None
    voice: Voice
    parent_id: int | None
    parent_name: str | None
    parent_voice: Voice
    parent_body: str | None
    thread: Any = None


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Post.id,
            Post.thread_id,
            Post.seq,
            Post.root_seq,
            Post.kind,
            Post.relation,
            Post.aspect,
            Post.factor,
            Post.context,
            Post.body_html,
            Post.posted_at,
            Post.member_id,
            Post.signed_name,
            Post.signed_title,
            Institution.slug,
            Institution.name_sv,
            Institution.name_en,
            Institution.origin,
            Post.parent_id,
            Parent.signed_name,
            ParentSeat.slug,
            ParentSeat.name_sv,
            ParentSeat.name_en,
            Parent.body,
        )
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .outerjoin(Parent, Parent.id == Post.parent_id)
        .outerjoin(ParentSeat, ParentSeat.id == Parent.institution_id)
    )


def _made(row: Any, thread: Any = None) -> PostRow:
    slug, sv, en, origin, parent_id, parent_name, parent_slug, parent_sv, parent_en, parent_body = row[14:24]
    voice = Voice(slug, sv or "", en or "", origin is Origin.INVENTED)
    parent_voice = Voice(parent_slug, parent_sv or "", parent_en or "", False)
    return PostRow(*[*row[:14], voice, parent_id, parent_name, parent_voice, parent_body, thread])


def posts_from(thread_id: int, seq: int, limit: int = PAGE + 1) -> list[PostRow]:
    """Posts of a thread from `seq` on, in the order they were written."""
    query = _rows().where(Post.thread_id == thread_id, Post.seq >= seq).order_by(Post.seq).limit(limit)
    return [_made(row) for row in db.session.execute(query)]


def filtered_posts(
    reader: Actor, *belongs: ColumnElement[bool], phase: Phase | None = None, below: int | None = None
) -> list[PostRow]:
    """Visible posts across threads for which `belongs` hold, newest first, a page and one more."""
    query = (
        _rows()
        .add_columns(Thread)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .options(joinedload(Thread.meeting))
        .where(visible(reader), *belongs)
        .order_by(Post.id.desc())
        .limit(PAGE + 1)
    )
    if reader.reads_until is not None and not reader.in_network:
        query = query.where(Post.posted_at < reader.reads_until)
    if phase is Phase.BEFORE:
        query = query.where(Post.posted_at < Meeting.starts_at)
    elif phase is Phase.DURING:
        query = query.where(Post.posted_at >= Meeting.starts_at, Post.posted_at < Meeting.ends_at)
    elif phase is Phase.AFTER:
        query = query.where(Post.posted_at >= Meeting.ends_at)
    if below is not None:
        query = query.where(Post.id < below)
    return [_made(row, row[24]) for row in db.session.execute(query)]


def sides(thread_id: int) -> dict[Voice, list[PostRow]]:
    """The experiences of a thread by voice; at most a thousand, the earliest."""
    query = (
        _rows().where(Post.thread_id == thread_id, Post.kind == "experience").order_by(Post.seq).limit(1000)
    )
    by_voice: dict[Voice, list[PostRow]] = defaultdict(list)
    for row in db.session.execute(query):
        made = _made(row)
        by_voice[made.voice].append(made)
    return by_voice


def post(post_id: int) -> Post | None:
    """One post with its thread."""
    return db.session.scalar(select(Post).where(Post.id == post_id).options(joinedload(Post.thread)))


def reading_of(thread_id: int, member_id: int) -> int:
    """How far the member has read: the last `seq`, 0 when nothing."""
    return (
        db.session.scalar(
            select(Reading.seq).where(Reading.thread_id == thread_id, Reading.member_id == member_id)
        )
        or 0
    )
