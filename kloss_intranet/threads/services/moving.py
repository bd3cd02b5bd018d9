"""Moving posts from one thread to another: they get new places there, and a pointer stays behind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting
from ..models import Post, PostMove, Relation, Thread, ThreadMove
from ..queries import folding
from . import references
from .carrying import carry_letters, carry_readings, keep_seeing
from .holding import Held, check_alike, hold

ITSELF = text("Välj en annan tråd än den som inläggen står i.")
UNKNOWN = text("Välj en tråd som finns.")


@dataclass(frozen=True)
class Place:
    """A post, where it stands, and the conversation it is part of."""

    id: int
    seq: int
    root_seq: int
    parent_id: int | None
    member_id: int
    posted_at: datetime


@dataclass(frozen=True)
class Moved:
    """What was moved: the posts asked for that stood there still, all that went along, and their authors."""

    chosen: tuple[Place, ...] = ()
    number: int = 0
    authors: frozenset[int] = frozenset()


def move_posts(
    source: Thread, post_ids: Collection[int], into: Thread, *, with_replies: bool = True
) -> Moved:
    """Move posts of `source` to the end of `into`, in the order they had; nothing when they have left it.

    With their replies the whole conversation below them goes along; alone, the replies stay and lead to
    where the post stands now. Raises Refusal when others may read `into`.
    """
    if source.id == into.id:
        raise Refusal(ITSELF, field="into")
    held = hold(source.id, into.id)
    if source.id not in held or into.id not in held:
        raise Refusal(UNKNOWN, field="into")
    check_alike(held[source.id], held[into.id])
    places = _chosen(source.id, set(post_ids), with_replies)
    return relocate(source, into, held, places, set(post_ids))


def relocate(
    source: Thread, into: Thread, held: dict[int, Held], places: Sequence[Place], asked: Collection[int]
) -> Moved:
    """Move what stands at `places`, with the threads held, and all that hangs on it."""
    if not places:
        return Moved()
    seeing = [(thread, _seeing(thread)) for thread in (source, into)]
    base = held[into.id].last_seq
    seqs = _number(source.id, into.id, base, places)
    now = clock.now()
    db.session.execute(
        insert(PostMove),
        [
            {"post_id": p.id, "thread_id": source.id, "seq": p.seq, "posted_at": p.posted_at, "moved_at": now}
            for p in places
        ],
    )
    tell_of_places(source.id, into.id, last={into.id: base + len(places)})
    carry_readings(source.id, into.id, base, [(p.seq, seqs[p.id], p.member_id) for p in places])
    for thread, members in seeing:
        keep_seeing(thread, members)
    carry_letters(source.id, into.id, (Post.thread_id == into.id, Post.seq > base))
    _redraw(into.id, base)
    chosen = tuple(p for p in places if p.id in asked)
    return Moved(chosen, len(places), frozenset(p.member_id for p in places))


def places_of(thread_id: int, *belongs: Any) -> list[Place]:
    columns = (Post.id, Post.seq, Post.root_seq, Post.parent_id, Post.member_id, Post.posted_at)
    query = select(*columns).where(Post.thread_id == thread_id, *belongs).order_by(Post.seq)
    return [Place(*row) for row in db.session.execute(query)]


def _chosen(thread_id: int, ids: set[int], with_replies: bool) -> list[Place]:
    if not with_replies:
        return places_of(thread_id, Post.id.in_(ids))
    every = places_of(thread_id)
    chosen, before = {p.id for p in every if p.id in ids}, 0
    # A reply that was moved here before what it answers stands over it, so one round may not be enough.
    while before != len(chosen):
        before = len(chosen)
        chosen |= {p.id for p in every if p.parent_id in chosen}
    return [p for p in every if p.id in chosen]


def _number(source_id: int, into_id: int, base: int, places: Sequence[Place]) -> dict[int, int]:
    """Give the posts their new places; a conversation stays together, and joins what it answers there."""
    child = aliased(Post)
    answered = select(child.parent_id).where(child.thread_id == source_id)
    there = select(Post.id, Post.root_seq).where(Post.thread_id == into_id, Post.id.in_(answered))
    roots: dict[int, int] = {row.id: row.root_seq for row in db.session.execute(there)}
    conversations: dict[int, int] = {}
    seqs = {p.id: base + number for number, p in enumerate(places, 1)}
    rows = []
    for p in places:
        root = roots.get(p.parent_id or 0) or conversations.setdefault(p.root_seq, seqs[p.id])
        roots[p.id] = root
        rows.append({"id": p.id, "thread_id": into_id, "seq": seqs[p.id], "root_seq": root})
    db.session.execute(update(Post), rows)
    return seqs


def tell_of_places(*thread_ids: int, last: dict[int, int] | None = None) -> None:
    """Set anew what the threads keep about their posts, and have their pages drawn anew."""
    latest = select(func.max(Post.posted_at)).where(Post.thread_id == Thread.id).scalar_subquery()
    numbers = {
        relation.value: select(func.count())
        .select_from(Post)
        .where(Post.thread_id == Thread.id, Post.relation == relation, Post.stands)
        .scalar_subquery()
        for relation in Relation
    }
    values: dict[str, Any] = {**numbers, "last_posted_at": latest, "changes": Thread.changes + 1}
    for thread_id, seq in (last or {}).items():
        values["last_seq"] = case((Thread.id == thread_id, seq), else_=Thread.last_seq)
    changing = update(Thread).where(Thread.id.in_(thread_ids)).values(values)
    db.session.execute(changing.execution_options(synchronize_session=False))


def _seeing(thread: Thread) -> set[int]:
    return folding.seeing(thread, thread.meeting.phase_at(clock.now())) if thread.write_first else set()


def _redraw(thread_id: int, base: int) -> None:
    """The pages that say something about the posts which now stand in the thread after `base`."""
    child = aliased(Post)
    moved = select(Post.id).where(Post.thread_id == thread_id, Post.seq > base)
    answering = select(child.thread_id).where(child.parent_id.in_(moved))
    references.redraw(references.tells_of_any(moved), Thread.id.in_(answering))


def move_thread(thread: Thread, meeting: Meeting) -> bool:
    """Let `thread` belong to another meeting, whose times then part its posts; False when it does already.

    Raises Refusal when the guests of a meeting read it.
    """
    held = hold(thread.id)[thread.id]
    if held.meeting_id == meeting.id:
        return False
    if held.for_guests:
        sentence = text("Tråden delas med träffens gäster. Den kan inte flyttas till en annan träff.")
        raise Refusal(sentence, field="meeting")
    if held.merged_into_id is not None:
        raise Refusal(text("Tråden har gått upp i en annan."), status=409)
    seeing, now = _seeing(thread), clock.now()
    db.session.add(ThreadMove(thread_id=thread.id, meeting_id=held.meeting_id, moved_at=now))
    changing = update(Thread).where(Thread.id == thread.id)
    changing = changing.values(meeting_id=meeting.id, pinned_at=None, changes=Thread.changes + 1)
    db.session.execute(changing.execution_options(synchronize_session=False))
    references.redraw(references.told_by(thread.id))
    set_committed_value(thread, "meeting_id", meeting.id)
    set_committed_value(thread, "meeting", meeting)
    keep_seeing(thread, seeing)
    return True
