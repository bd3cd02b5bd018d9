"""One thread with all that stands around its posts."""

from collections.abc import Iterable

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from ...core.db import db
from ...meetings.models import Host, Meeting
from ...members.models import Institution
from ..models import Post, Thread

# Every page of a thread begins with it, so it is built once. One that was merged gives the one it is in.
Asked = aliased(Thread)
KEPT = (
    select(func.coalesce(Asked.merged_into_id, Asked.id))
    .where(Asked.id == bindparam("thread"))
    .scalar_subquery()
)
WHOLE = (
    select(Thread)
    .where(Thread.id == KEPT)
    .options(
        joinedload(Thread.meeting).joinedload(Meeting.hosts).joinedload(Host.institution),
        joinedload(Thread.theme),
        joinedload(Thread.question),
    )
)


def thread(thread_id: int) -> Thread | None:
    """The thread, or the one it has been merged into, with meeting, hosts, theme and question."""
    return db.session.scalars(WHOLE, {"thread": thread_id}).unique().one_or_none()


def threads_among(ids: Iterable[int]) -> list[Thread]:
    """The threads with these numbers, without what stands around them."""
    return list(db.session.scalars(select(Thread).where(Thread.id.in_(ids)).order_by(Thread.id)))


def institutions(thread_id: int) -> tuple[tuple[str, str, str], ...]:
    """Those that have written in the thread: (slug, Swedish name, English name), in the order of names."""
    wrote = exists().where(Post.thread_id == thread_id, Post.institution_id == Institution.id)
    query = (
        select(Institution.slug, Institution.name_sv, Institution.name_en)
        .where(wrote)
        .order_by(Institution.sort_key)
    )
    return tuple((slug, sv, en) for slug, sv, en in db.session.execute(query))
