"""Whose turn it is to write."""

from sqlalchemy import select

from ...core.db import db
from ...members.models import Member


def wait_for_turn(member_id: int) -> None:
    """Let one request at a time write for the member, until its transaction ends.

    What was sent twice at the same moment is then seen by the second. SQLite has one writer anyway.
    """
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
