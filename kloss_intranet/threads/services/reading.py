"""How far a member has read."""

from ...core.db import db
from ...core.policy import Actor
from .. import queries
from ..models import Reading, Thread
from . import following
from .turns import wait_for_turn


def mark_read(thread: Thread, reader: Actor, first: int, seq: int) -> None:
    """Note that `reader` was shown the page with the posts from `first` to `seq`.

    The mark moves only when nothing unread stands between it and the page, and never back.
    """
    waiting = queries.standing(thread, reader).next
    if waiting is None or waiting >= first:
        _advance(thread, reader, min(seq, first + queries.PAGE - 1))


def mark_all_read(thread: Thread, reader: Actor, seq: int) -> None:
    """Note that `reader` counts everything up to `seq` as read, the last post there was when they chose."""
    _advance(thread, reader, seq)


def mark_unread(thread: Thread, reader: Actor, seq: int) -> None:
    """Move the mark of `reader` back to just before `seq`."""
    mark = db.session.get(Reading, (reader.member_id, thread.id))
    if mark is not None:
        mark.seq = min(mark.seq, max(seq - 1, 0))


def read_own(thread_id: int, member_id: int, seq: int) -> None:
    """One's own post is read, unless there is something unread before it."""
    mark = db.session.get(Reading, (member_id, thread_id))
    if mark is not None and mark.seq == seq - 1:
        mark.seq = seq
    elif mark is None and seq == 1:
        db.session.add(Reading(member_id=member_id, thread_id=thread_id, seq=1))


def _advance(thread: Thread, reader: Actor, seq: int) -> None:
    """To `seq` at most: never past the last post, nor past what is folded and has not been shown."""
    seq = min(seq, thread.last_seq)
    if thread.write_first and (folded := queries.first_folded(thread.id, reader)):
        seq = min(seq, folded - 1)
    wait_for_turn(reader.member_id)
    mark = db.session.get(Reading, (reader.member_id, thread.id))
    if mark is not None:
        mark.seq = max(mark.seq, seq)
    elif seq > 0:
        db.session.add(Reading(member_id=reader.member_id, thread_id=thread.id, seq=seq))
    following.seen(thread, reader, seq)
