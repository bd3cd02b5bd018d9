"""Who comes to a meeting in the place of whom."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ..models import StandIn

WHOLE = (joinedload(StandIn.meeting), joinedload(StandIn.absent), joinedload(StandIn.member))


def stand_in(meeting_id: int, absent_id: int) -> StandIn | None:
    """Who comes in the member's place, with everybody's names."""
    return db.session.scalar(
        select(StandIn)
        .options(*WHOLE)
        .where(StandIn.meeting_id == meeting_id, StandIn.absent_id == absent_id, StandIn.ended_at.is_(None))
    )


def stand_in_by_id(stand_in_id: int) -> StandIn | None:
    """The one with this number, unless it has been taken back."""
    return db.session.scalar(
        select(StandIn).options(*WHOLE).where(StandIn.id == stand_in_id, StandIn.ended_at.is_(None))
    )


def stands_in_for(meeting_id: int, member_id: int) -> StandIn | None:
    """In whose place the member comes to the meeting, with everybody's names."""
    return db.session.scalar(
        select(StandIn)
        .options(*WHOLE)
        .where(StandIn.meeting_id == meeting_id, StandIn.member_id == member_id, StandIn.ended_at.is_(None))
    )
