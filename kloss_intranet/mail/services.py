"""Putting letters into the outbox."""

from sqlalchemy import select

from ..core import clock
from ..core.db import db
from ..members.models import Member
from .models import Letter


def enqueue(
    key: str, to: Member, *, subject: str, plain: str, html: str, conversation: str | None = None
) -> Letter | None:
    """Add a letter to the transaction at hand; None when `key` has one already."""
    if db.session.scalar(select(Letter.id).where(Letter.key == key)):
        return None
    now = clock.now()
    letter = Letter(
        key=key,
        member_id=to.id,
        address=to.email,
        subject=subject,
        plain=plain,
        html=html,
        language=to.language,
        conversation=conversation,
        created_at=now,
        due_at=now,
    )
    db.session.add(letter)
    return letter
