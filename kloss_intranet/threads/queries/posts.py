"""Posts as plain rows, one joined statement a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased, joinedload

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting, Phase
from ...members.models import Institution, Origin
from ..models import Post, Thread
from .folding import folded
from .listing import visible
from .unread import in_time

PAGE = 50
"""Posts on a page."""

Parent = aliased(Post)
ParentSeat = aliased(Institution)


@dataclass(frozen=True)
class Voice:
    """Who speaks: an institution, or without a `slug` a guest of the meeting or the network's office."""

    slug: str | None
    name_sv: str
    name_en: str
    is_invented: bool
    is_guest: bool = False


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
    policy: int
    edited_at: datetime | None
    withdrawn_at: datetime | None
    hidden_at: datetime | None
    milestone: str | None
    not_for_quoting: bool
    voice: Voice
    parent_id: int | None
    parent_name: str | None
    parent_voice: Voice
    parent_body: str | None
    """Empty when the post that is answered is withdrawn or hidden, or has been moved to another thread."""
    thread: Any = None

    @property
    def stands(self) -> bool:
        """As Post.stands."""
        return self.withdrawn_at is None and self.hidden_at is None


def rows() -> Select[*tuple[Any, ...]]:
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
            Post.policy,
            Post.edited_at,
            Post.withdrawn_at,
            Post.hidden_at,
            Post.milestone,
            Post.not_for_quoting,
            Institution.slug,
            Institution.name_sv,
            Institution.name_en,
            Institution.origin,
            Post.as_guest,
            Post.parent_id,
            Parent.signed_name,
            ParentSeat.slug,
            ParentSeat.name_sv,
            ParentSeat.name_en,
            Parent.as_guest,
            # In another thread it may not be for all who read this one.
            case((and_(Parent.stands, Parent.thread_id == Post.thread_id), Parent.body)),
        )
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .outerjoin(Parent, Parent.id == Post.parent_id)
        .outerjoin(ParentSeat, ParentSeat.id == Parent.institution_id)
    )


def made(row: Any, thread: Any = None) -> PostRow:
    slug, sv, en, origin, as_guest, parent_id, parent_name = row[20:27]
    parent_slug, parent_sv, parent_en, parent_guest, parent_body = row[27:32]
    voice = Voice(slug, sv or "", en or "", origin is Origin.INVENTED, as_guest)
    parent_voice = Voice(parent_slug, parent_sv or "", parent_en or "", False, bool(parent_guest))
    return PostRow(*[*row[:20], voice, parent_id, parent_name, parent_voice, parent_body, thread])


def posts_from(
    thread_id: int, seq: int, *belongs: ColumnElement[bool], limit: int = PAGE + 1
) -> list[PostRow]:
    """Posts of a thread from `seq` on, in the order they were written."""
    query = rows().where(Post.thread_id == thread_id, Post.seq >= seq, *belongs)
    return [made(row) for row in db.session.execute(query.order_by(Post.seq).limit(limit))]


def posts_to(thread_id: int, seq: int, *belongs: ColumnElement[bool]) -> list[PostRow]:
    """The last posts of a thread up to `seq`, a page and one more, in the order they were written."""
    query = rows().where(Post.thread_id == thread_id, Post.seq <= seq, *belongs)
    found = [made(row) for row in db.session.execute(query.order_by(Post.seq.desc()).limit(PAGE + 1))]
    return found[::-1]


def filtered_posts(
    reader: Actor, *belongs: ColumnElement[bool], phase: Phase | None = None, below: int | None = None
) -> list[PostRow]:
    """Visible posts across threads for which `belongs` hold, newest first, a page and one more."""
    query = (
        rows()
        .add_columns(Thread)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .options(joinedload(Thread.meeting))
        .where(visible(reader), Post.stands, ~folded(reader), *in_time(reader), *belongs)
        .order_by(Post.id.desc())
        .limit(PAGE + 1)
    )
    if phase is Phase.BEFORE:
        query = query.where(Post.posted_at < Meeting.starts_at)
    elif phase is Phase.DURING:
        query = query.where(Post.posted_at >= Meeting.starts_at, Post.posted_at < Meeting.ends_at)
    elif phase is Phase.AFTER:
        query = query.where(Post.posted_at >= Meeting.ends_at)
    if below is not None:
        query = query.where(Post.id < below)
    return [made(row, row[-1]) for row in db.session.execute(query)]


def post(post_id: int) -> Post | None:
    """One post with its thread."""
    return db.session.scalar(
        select(Post).where(Post.id == post_id).options(joinedload(Post.thread).joinedload(Thread.meeting))
    )


def last_post(thread_id: int, *belongs: ColumnElement[bool]) -> tuple[int, int]:
    """The `seq` and id of the last post of a thread for which `belongs` hold, (0, 0) when there is none."""
    query = select(Post.seq, Post.id).where(Post.thread_id == thread_id, *belongs)
    row = db.session.execute(query.order_by(Post.seq.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else (0, 0)


def first_from(thread_id: int, instant: datetime) -> int | None:
    """The `seq` of the first post of a thread written at `instant` or later."""
    return db.session.scalar(
        select(func.min(Post.seq)).where(Post.thread_id == thread_id, Post.posted_at >= instant)
    )
