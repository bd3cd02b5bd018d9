"""What letters have told a member of, as lines: only what the member may still see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from ...core.db import db
from ...core.policy import Actor
from ...mail.models import Letter
from ...members.models import Member
from ..models import Post, Thread
from .following import may_be_told
from .listing import visible
from .unread import Kind, kind, one_of

PREFIX = "thread-"
POST_OF_LETTER = case((Letter.path.like("/posts/%"), cast(func.substr(Letter.path, 8), Integer)))
"""The id of the post that a letter tells of."""
THREAD_OF_LETTER = case(
    (Letter.conversation.like(f"{PREFIX}%"), cast(func.substr(Letter.conversation, 8), Integer)),
    (Letter.path.like("/threads/%"), cast(func.substr(Letter.path, 10), Integer)),
)
"""The id of the thread that a letter about a post tells of, or about what was done with the thread itself."""
MOST_LINES = 20
CLOSED_ROOM = "/steering/"
"""Where the steering group's pages stand, which nobody else is told of."""
ANSWERS = "/citations/%/answers/%"
"""Those of its pages that stand elsewhere: there it answers an author who asks not to be cited."""
QUEUE = "/moderation/"
"""Where coordinators look into what was reported, which whoever is one no longer is not told of."""
ONES_OWN = (f"{QUEUE}measures/", f"{QUEUE}own")
"""Those of its pages that are for authors and reporters."""

Answered = aliased(Post)


def conversation(thread_id: int) -> str:
    """What the letters about a thread hang from."""
    return f"{PREFIX}{thread_id}"


@dataclass(frozen=True)
class Line:
    """What is unseen of one conversation: about a thread, or else told by the subject of its letter."""

    thread_id: int | None
    title: str | None
    number: int
    replies: int
    """How many of them answer the reader."""
    author: str | None
    subject: str
    path: str
    """Where the first of them stands."""


def lines(reader: Actor) -> list[Line]:
    """What is unseen, one line a conversation and the latest first; what does not stand is not counted."""
    unseen = _unseen(kind(reader), moderates=reader.is_coordinator)
    rows: Iterable[Any] = db.session.execute(unseen, {"member": reader.member_id})
    return [Line(*(*known, f"/posts/{first}" if first else path)) for *known, path, first in rows]


@lru_cache(maxsize=64)
def _unseen(kind: Kind, *, moderates: bool) -> Select[*tuple[Any, ...]]:
    reader = one_of(kind)
    # A letter about the thread itself speaks by its subject.
    told = (case((func.count(Post.id) > 0, column)) for column in (Thread.id, Thread.title))
    replies = func.sum(case((Answered.member_id == reader.member_id, 1), else_=0))
    return (
        select(*told, func.count(), replies, func.max(Post.signed_name))
        .add_columns(func.max(Letter.subject), func.max(Letter.path), func.min(Post.id))
        .outerjoin_from(Letter, Thread, Thread.id == THREAD_OF_LETTER)
        .outerjoin(Post, Post.id == POST_OF_LETTER)
        .outerjoin(Answered, Answered.id == Post.parent_id)
        .where(*_own(reader, moderates=moderates), Letter.seen_at.is_(None), Post.stands)
        .group_by(func.coalesce(Letter.conversation, Letter.key), Thread.id, Thread.title)
        .order_by(func.max(Letter.id).desc())
        .limit(MOST_LINES)
    )


@dataclass(frozen=True)
class Notice:
    subject: str
    path: str | None
    created_at: datetime
    is_seen: bool


def recent(reader: Actor, limit: int = 100) -> list[Notice]:
    """The last of what the reader was told, seen or not."""
    told = (
        select(Letter.subject, Letter.path, Letter.created_at, Letter.seen_at.is_not(None))
        .outerjoin(Thread, Thread.id == THREAD_OF_LETTER)
        .where(*_own(reader, moderates=reader.is_coordinator))
        .order_by(Letter.id.desc())
        .limit(limit)
    )
    return [Notice(*row) for row in db.session.execute(told)]


def _own(reader: Actor, *, moderates: bool) -> list[ColumnElement[bool]]:
    """The reader's letters that have a page, but for those about what is closed to them by now."""
    is_open = or_(THREAD_OF_LETTER.is_(None), visible(reader))
    own = [Letter.member_id == reader.member_id, Letter.path.is_not(None), is_open]
    if not moderates:
        own.append(or_(~Letter.path.startswith(QUEUE), *(Letter.path.startswith(each) for each in ONES_OWN)))
    closed = or_(Letter.path.startswith(CLOSED_ROOM), Letter.path.like(ANSWERS))
    return own if reader.in_steering else [*own, ~closed]


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of these letters, those whose readers may not be told any more, or whose post does not stand."""
    about_threads = (
        select(Letter.id)
        .join(Member, Member.id == Letter.member_id)
        .join(Thread, Thread.id == THREAD_OF_LETTER)
        .outerjoin(Post, Post.id == POST_OF_LETTER)
        .where(Letter.id.in_(letter_ids), or_(~may_be_told(day), ~Post.stands))
    )
    return set(db.session.scalars(about_threads))
