"""Making and ending the secret address that a member's calendar fetches from."""

import secrets

from sqlalchemy import select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...members.models import Member
from ..models import Feed
from ..queries import hash_of


def make(member_id: int) -> str:
    """Make the member's address and give its token, which is kept nowhere; an earlier one stops working."""
    # Of two at the same time, one waits here for the other.
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
    _end(member_id)
    token = secrets.token_urlsafe(32)
    db.session.add(Feed(member_id=member_id, token_hash=hash_of(token), made_at=clock.now()))
    record("calendar.make", f"member:{member_id}", member_id)
    return token


def end(member_id: int) -> bool:
    """End the member's address; False when there was none."""
    ended = _end(member_id)
    if ended:
        record("calendar.end", f"member:{member_id}", member_id)
    return ended


def _end(member_id: int) -> bool:
    ended = (
        update(Feed)
        .where(Feed.member_id == member_id, Feed.ended_at.is_(None))
        .values(ended_at=clock.now())
        .returning(Feed.id)
    )
    return db.session.execute(ended).first() is not None
