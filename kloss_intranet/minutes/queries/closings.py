"""How a meeting was closed, what that said before, and who was there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ...attendance.models import Attendance
from ...core.db import db
from ...meetings.models import Host, Meeting
from ...members.models import Institution
from ..models import Closing, ClosingRevision

WHOLE = select(Closing).options(selectinload(Closing.observations), joinedload(Closing.written_by))


def closing(meeting_id: int) -> Closing | None:
    """How the meeting was closed."""
    return db.session.scalar(WHOLE.where(Closing.meeting_id == meeting_id))


def of_slug(slug: str) -> Closing | None:
    """How the meeting of that address was closed, with the meeting."""
    named = joinedload(Closing.meeting).selectinload(Meeting.hosts).joinedload(Host.institution)
    return db.session.scalar(WHOLE.join(Closing.meeting).where(Meeting.slug == slug).options(named))


def wordings(one: Closing) -> list[Closing | ClosingRevision]:
    """The wordings of a closing, newest first."""
    kept = db.session.scalars(
        select(ClosingRevision)
        .where(ClosingRevision.meeting_id == one.meeting_id)
        .order_by(ClosingRevision.number.desc())
        .options(joinedload(ClosingRevision.written_by))
    )
    return [one, *kept]


def present(meeting: Meeting) -> Sequence[Attendance]:
    """How many came from each institution, in Swedish order."""
    return db.session.scalars(
        select(Attendance)
        .join(Attendance.institution)
        .where(Attendance.meeting_id == meeting.id, Attendance.number > 0)
        .order_by(Institution.sort_key, Institution.id)
        .options(joinedload(Attendance.institution))
    ).all()
