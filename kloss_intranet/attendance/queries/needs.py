"""What participants need; gone for every reader the day it is to be erased, erased already or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from ...core.db import db
from ...meetings.models import Meeting
from ...members.models import Member
from ..models import Needs

LIFE = timedelta(days=30)
"""After the end of the meeting."""


@dataclass(frozen=True)
class Need:
    member_id: int
    name: str
    diet: str | None
    access: str | None


def erased_at(meeting: Meeting) -> datetime:
    """From when on the meeting's needs are erased."""
    return meeting.ends_at + LIFE


def own_needs(meeting: Meeting, member_id: int, now: datetime) -> Needs | None:
    """What the member wrote for this meeting."""
    if now >= erased_at(meeting):
        return None
    return db.session.get(Needs, (meeting.id, member_id))


def needs_of(meeting: Meeting, now: datetime) -> list[Need]:
    """What everybody wrote for this meeting, by name."""
    if now >= erased_at(meeting):
        return []
    rows = db.session.execute(
        select(Member.id, Member.name, Needs.diet, Needs.access)
        .join(Needs, Needs.member_id == Member.id)
        .where(Needs.meeting_id == meeting.id)
        .order_by(Member.sort_key, Member.id)
    )
    return [Need(*row) for row in rows]
