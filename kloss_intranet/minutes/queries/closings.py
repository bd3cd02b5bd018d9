"""How a meeting was closed, and who was there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ...attendance.models import Attendance
from ...core.db import db
from ...meetings.models import Meeting
from ...members.models import Institution
from ..models import Closing


def closing(meeting_id: int) -> Closing | None:
    """How the meeting was closed."""
    return db.session.scalar(
        select(Closing).where(Closing.meeting_id == meeting_id).options(selectinload(Closing.observations))
    )


def present(meeting: Meeting) -> Sequence[Attendance]:
    """How many came from each institution, in Swedish order."""
    return db.session.scalars(
        select(Attendance)
        .join(Attendance.institution)
        .where(Attendance.meeting_id == meeting.id, Attendance.number > 0)
        .order_by(Institution.sort_key, Institution.id)
        .options(joinedload(Attendance.institution))
    ).all()
