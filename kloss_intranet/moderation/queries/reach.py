"""Whether a reader may know the thread that a measure or a report is about."""

from collections.abc import Collection

from sqlalchemy import select

from ...core.db import db
from ...core.policy import Actor
from ...threads.models import Thread
from ...threads.queries.listing import visible
from .things import Key, Thing


def in_reach(reader: Actor | None, things: Collection[Thing]) -> set[Key]:
    """Those of the things that stand in a thread the reader may see by now: one statement."""
    ids = {thing.thread_id for thing in things if thing.thread_id is not None}
    if reader is None or not ids:
        return set()
    seen = set(db.session.scalars(select(Thread.id).where(Thread.id.in_(ids), visible(reader))))
    return {thing.key for thing in things if thing.thread_id in seen}
