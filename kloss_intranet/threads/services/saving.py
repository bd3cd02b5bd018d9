"""Putting posts aside for later."""

from datetime import date, timedelta

from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ..models import Post, Saved
from .turns import wait_for_turn

FARTHEST = 3650
"""Days ahead that a reminder may lie."""


def save(post: Post, reader: Actor, remind_on: date | None = None) -> Saved:
    """Put `post` aside for `reader`; done again, it changes the day. Raises Refusal for a day gone by."""
    today = clock.today()
    if remind_on is not None and not today <= remind_on <= today + timedelta(days=FARTHEST):
        raise Refusal(text("Välj en dag från i dag och högst tio år fram."), field="remind_on")
    wait_for_turn(reader.member_id)
    saved = db.session.get(Saved, (reader.member_id, post.id))
    if saved is None:
        saved = Saved(member_id=reader.member_id, post_id=post.id, saved_at=clock.now())
        db.session.add(saved)
    saved.remind_on = remind_on
    return saved


def remove(post: Post, reader: Actor) -> None:
    """Take `post` from what `reader` has put aside, if it is there."""
    saved = db.session.get(Saved, (reader.member_id, post.id))
    if saved is not None:
        db.session.delete(saved)
