"""Choosing to read before having written."""

from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ..models import Thread, Unfolding
from .turns import wait_for_turn


def unfold(thread: Thread, reader: Actor) -> None:
    """Show `reader` the others' posts of the present phase; the thread has its meeting."""
    wait_for_turn(reader.member_id)
    phase = thread.meeting.phase_at(clock.now())
    if db.session.get(Unfolding, (reader.member_id, thread.id, phase)) is None:
        db.session.add(Unfolding(member_id=reader.member_id, thread_id=thread.id, phase=phase))
