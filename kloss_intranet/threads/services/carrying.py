"""What goes along when posts move: how far each member has read, what they see, and their letters."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ...core import clock
from ...core.db import db
from ...mail.models import Letter
from ...meetings.models import Meeting
from ..models import Post, Reading, Thread, Unfolding
from ..queries import notices

Place = tuple[int, int, int]
"""The place of a post before and after it was moved, and who wrote it."""


def put(table: Any, rows: Collection[dict[str, Any]]) -> None:
    """Add those of `rows` that are not there; somebody may be adding the same at this moment."""
    if rows:
        is_postgresql = db.session.get_bind().dialect.name == "postgresql"
        insert: Any = postgresql.insert if is_postgresql else sqlite.insert
        db.session.execute(insert(table).on_conflict_do_nothing(), list(rows))


def carry_readings(source_id: int, into_id: int, base: int, places: Sequence[Place]) -> None:
    """What somebody has read in `source` is read in `into` too, where nothing unread stands before it."""
    marks = {source_id: dict[int, int](), into_id: dict[int, int]()}
    readings = select(Reading.thread_id, Reading.member_id, Reading.seq).where(Reading.thread_id.in_(marks))
    for thread_id, member_id, seq in db.session.execute(readings):
        marks[thread_id][member_id] = seq
    latest = _latest(into_id, base)
    carried = []
    for member_id, mark in marks[source_id].items():
        unread_from = max((seq for author, seq in latest if author != member_id), default=0)
        if marks[into_id].get(member_id, 0) < unread_from:
            continue
        reached = base
        for old, new, author in places:
            if old > mark and author != member_id:
                break
            reached = new
        if reached > max(base, marks[into_id].get(member_id, 0)):
            carried.append({"member_id": member_id, "thread_id": into_id, "seq": reached})
    put(Reading, [row for row in carried if row["member_id"] not in marks[into_id]])
    if known := [row for row in carried if row["member_id"] in marks[into_id]]:
        db.session.execute(update(Reading), known)


def _latest(thread_id: int, base: int) -> list[tuple[int, int]]:
    """Of each author the last place in the thread up to `base` where words of theirs stand."""
    if not base:
        return []
    query = (
        select(Post.member_id, func.max(Post.seq))
        .where(Post.thread_id == thread_id, Post.seq <= base, Post.stands)
        .group_by(Post.member_id)
    )
    return [(author, seq) for author, seq in db.session.execute(query)]


def keep_seeing(thread: Thread, member_ids: Collection[int]) -> None:
    """What the members see of a thread where one writes first they go on seeing."""
    if not thread.write_first or not member_ids:
        return
    meeting = db.session.get_one(Meeting, thread.meeting_id)
    phase = meeting.phase_at(clock.now())
    put(
        Unfolding,
        [{"member_id": number, "thread_id": thread.id, "phase": phase} for number in sorted(member_ids)],
    )


def carry_letters(source_id: int, into_id: int, posts: tuple[ColumnElement[bool], ...] = ()) -> None:
    """Letters about the posts, or all about the thread, are from now on about `into`."""
    letters = update(Letter).where(Letter.conversation == notices.conversation(source_id))
    if posts:
        letters = letters.where(notices.POST_OF_LETTER.in_(select(Post.id).where(*posts)))
    letters = letters.values(conversation=notices.conversation(into_id))
    db.session.execute(letters.execution_options(synchronize_session=False))
