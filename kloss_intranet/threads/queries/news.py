"""The first unread posts of several threads, for a page that tells what is new."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ...members.models import Institution
from ..models import Post, PostKind, Reading, Thread
from .listing import ListedThread
from .posts import Voice
from .unread import marked, unread, who_and_when


@dataclass(frozen=True)
class NewPost:
    """The beginning of an unread post; `body` is its wording as plain text."""

    id: int
    kind: PostKind
    signed_name: str
    voice: Voice
    body: str
    posted_at: datetime


def excerpts(reader: Actor, threads: list[ListedThread]) -> dict[int, list[NewPost]]:
    """For each thread its unread posts up to `until`, or all when there is none: one statement."""
    if not threads:
        return {}
    query = (
        select(
            Post.thread_id,
            Post.id,
            Post.kind,
            Post.signed_name,
            Institution.slug,
            Institution.name_sv,
            Institution.name_en,
            Post.as_guest,
            Post.body,
            Post.posted_at,
        )
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Reading, marked(reader))
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .where(or_(*(_stretch(thread) for thread in threads)), unread(reader))
        .order_by(Post.thread_id, Post.seq)
    )
    found: dict[int, list[NewPost]] = defaultdict(list)
    for thread_id, number, kind, name, slug, sv, en, as_guest, body, at in db.session.execute(
        query, who_and_when(reader)
    ):
        voice = Voice(slug, sv or "", en or "", False, as_guest)
        found[thread_id].append(NewPost(number, kind, name, voice, body, at))
    return found


def _stretch(thread: ListedThread) -> ColumnElement[bool]:
    bounds = [Post.thread_id == thread.id, Post.seq > thread.mark]
    if thread.until is not None:
        bounds.append(Post.seq <= thread.until)
    return and_(*bounds)
