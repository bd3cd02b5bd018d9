"""Where posts and threads stand: each act is done and put on record in one transaction."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...meetings.models import Meeting
from ...threads.models import Post, Thread
from ...threads.services import joining, locking, marking, moving
from ...threads.services.holding import hold
from ..models import Act, Decision, SubjectKind
from .deciding import Subject, decide

NO_TITLE = text("Ge den nya tråden en rubrik.")


@dataclass(frozen=True)
class Arranged:
    """What was put on record, where the posts stand now, how many there are and who wrote them."""

    decisions: tuple[Decision, ...]
    thread: Thread
    number: int = 0
    authors: frozenset[int] = frozenset()


def of_thread(thread: Thread) -> Subject:
    return Subject(SubjectKind.THREAD, thread.id, thread.opened_by_id)


def move_posts(
    source: Thread,
    post_ids: Collection[int],
    into: Thread | None,
    title: str,
    by: Actor,
    reason: str,
    *,
    with_replies: bool,
) -> Arranged | None:
    """Move posts to `into`, or to a new thread called `title`; None when they have left `source`.

    Raises Refusal.
    """
    is_new = into is None
    if into is None:
        if not title:
            raise Refusal(NO_TITLE, field="title")
        hold(source.id)
        if not db.session.scalar(select(exists().where(Post.thread_id == source.id, Post.id.in_(post_ids)))):
            return None
        into = joining.begin_beside(source, title, by.member_id)
    moved = moving.move_posts(source, post_ids, into, with_replies=with_replies)
    if not moved.number:
        return None
    if is_new:
        joining.note_beginning(into, source, by.member_id)
    decisions = tuple(
        decide(
            Act.MOVE,
            Subject(SubjectKind.POST, place.id, place.member_id),
            by,
            reason,
            before={"thread": source.id, "place": place.seq},
            after={"thread": into.id},
            with_replies=with_replies,
        )
        for place in moved.chosen
    )
    return Arranged(decisions, into, moved.number, moved.authors)


def split(thread: Thread, post: Post, title: str, by: Actor, reason: str) -> Arranged | None:
    """Part `thread` at `post`; None when that has left it. Raises Refusal."""
    done = joining.split(thread, post, title, by.member_id)
    if done is None:
        return None
    into, moved = done
    after = {"thread": into.id, "from_post": post.id, "posts": moved.number}
    decision = decide(Act.SPLIT, of_thread(thread), by, reason, before={"thread": thread.id}, after=after)
    return Arranged((decision,), into, moved.number, moved.authors)


def merge(thread: Thread, into: Thread, by: Actor, reason: str) -> Arranged | None:
    """Let `into` take over `thread`; None when that was done before. Raises Refusal."""
    moved = joining.merge(thread, into)
    if moved is None:
        return None
    after = {"thread": into.id, "posts": moved.number}
    before = {"thread": thread.id, "title": thread.title}
    decision = decide(Act.MERGE, of_thread(thread), by, reason, before=before, after=after)
    return Arranged((decision,), into, moved.number, moved.authors)


def move_thread(thread: Thread, meeting: Meeting, by: Actor, reason: str) -> Arranged | None:
    """Let `thread` belong to `meeting`; None when it does already. Raises Refusal."""
    before = {"meeting": thread.meeting_id}
    if not moving.move_thread(thread, meeting):
        return None
    after = {"meeting": meeting.id}
    decision = decide(Act.MOVE, of_thread(thread), by, reason, before=before, after=after)
    return Arranged((decision,), thread)


def lock(thread: Thread, words: str, by: Actor, reason: str) -> Arranged | None:
    if not locking.lock(thread, words):
        return None
    after = {"locked": True, "words": words}
    return Arranged((decide(Act.LOCK, of_thread(thread), by, reason, after=after),), thread)


def unlock(thread: Thread, by: Actor, reason: str) -> Arranged | None:
    before = {"locked": True, "words": thread.closing_words}
    return _simply(locking.unlock, thread, Act.UNLOCK, by, reason, before=before)


def pin(thread: Thread, by: Actor, reason: str) -> Arranged | None:
    return _simply(locking.pin, thread, Act.PIN, by, reason)


def unpin(thread: Thread, by: Actor, reason: str) -> Arranged | None:
    return _simply(locking.unpin, thread, Act.UNPIN, by, reason)


def _simply(
    change: Callable[[Thread], bool], thread: Thread, act: Act, by: Actor, reason: str, **details: Any
) -> Arranged | None:
    if not change(thread):
        return None
    return Arranged((decide(act, of_thread(thread), by, reason, **details),), thread)


def mark(post: Post, label: str, by: Actor, reason: str) -> Arranged | None:
    """Call the place of `post` by `label`, or by nothing; None when it is called so already."""
    before = post.milestone
    if not marking.mark(post, label or None):
        return None
    subject = Subject(SubjectKind.POST, post.id, post.member_id)
    act = Act.MARK if label else Act.UNMARK
    return Arranged((decide(act, subject, by, reason, before=before, after=label or None),), post.thread)
