"""Noting how many came from each institution."""

from collections.abc import Mapping

from sqlalchemy import func, select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting, ProgrammeItem
from ...members.models import Institution
from ..models import Answer, Attendance, SignUp


def noted(meeting: Meeting) -> tuple[dict[int, int], str]:
    """How many came by institution, and the mark of this wording; empty when nothing is noted."""
    rows = db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).all()
    mark = max((row.noted_at.isoformat() for row in rows), default="")
    return {row.institution_id: row.number for row in rows}, mark


def expected(meeting: Meeting) -> dict[int, int]:
    """How many were to come by institution, each person counted once."""
    rows = db.session.execute(
        select(SignUp.institution_id, func.count(SignUp.member_id.distinct()))
        .join(ProgrammeItem, ProgrammeItem.id == SignUp.programme_item_id)
        .where(
            ProgrammeItem.meeting_id == meeting.id,
            SignUp.answer == Answer.COMING,
            SignUp.institution_id.is_not(None),
        )
        .group_by(SignUp.institution_id)
    )
    return {number: count for number, count in rows if number is not None}


def note(meeting: Meeting, numbers: Mapping[int, int], mark: str, by: int) -> None:
    """Keep how many came; institutions with nobody are left out.

    Raises Refusal when the meeting has not begun, or (409) when somebody noted something since `mark`.
    """
    now = clock.now()
    if now < meeting.starts_at:
        raise Refusal(text("Träffen har inte börjat än."))
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
    before, last = noted(meeting)
    if last != mark:
        raise Refusal(text("Någon annan har antecknat medan du skrev."), status=409)
    kept = {
        row.institution_id: row
        for row in db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))
    }
    known = set(db.session.scalars(select(Institution.id).where(Institution.id.in_(numbers))))
    for number in kept.keys() | known:
        count, row = numbers.get(number, 0), kept.get(number)
        if row is not None and not count:
            db.session.delete(row)
        elif count:
            row = row or Attendance(meeting_id=meeting.id, institution_id=number)
            row.number, row.noted_at = count, now
            db.session.add(row)
    db.session.flush()
    record("attendance.note", meeting.slug, by, before=before, after=noted(meeting)[0])
