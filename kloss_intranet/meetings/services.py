"""What can be done to a meeting."""

from datetime import date, datetime

from sqlalchemy import select, update

from ..audit.services import record
from ..core.db import db
from ..core.words import Refusal, text
from ..members.models import Member
from .models import Admission, AdmissionKind, Meeting, MeetingState

OVER = frozenset({MeetingState.HELD, MeetingState.CLOSED})


def move(meeting: Meeting, starts_at: datetime, ends_at: datetime, by: int | None = None) -> None:
    """Give the meeting other times; whether a post came before or after it follows from them.

    Raises Refusal when the meeting has been held, or would end before it starts.
    """
    if meeting.state in OVER:
        raise Refusal(text("Träffen är genomförd och kan inte flyttas."))
    if ends_at <= starts_at:
        raise Refusal(text("Träffen måste sluta efter att den har börjat."), field="ends_at")
    record("meeting:move", meeting.slug, by, starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat())
    meeting.starts_at, meeting.ends_at = starts_at, ends_at


def publish(meeting: Meeting, by: int | None = None) -> None:
    """Open a planned meeting to the network. Raises Refusal when it is no longer planned, also by a hair."""
    done = db.session.scalar(
        update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.state == MeetingState.PLANNED)
        .values(state=MeetingState.OPEN)
        .returning(Meeting.id)
    )
    if done is None:
        raise Refusal(text("Bara en planerad träff kan öppnas för nätverket."), status=409)
    record("meeting:publish", meeting.slug, by)


def hold(meeting: Meeting, by: int | None = None) -> None:
    """Say that the meeting took place. Raises Refusal when it was cancelled or is closed."""
    if meeting.state in (MeetingState.CANCELLED, MeetingState.CLOSED):
        raise Refusal(text("En inställd eller avslutad träff kan inte bli genomförd."))
    record("meeting:hold", meeting.slug, by)
    meeting.state = MeetingState.HELD


def admit(
    meeting: Meeting, member: Member, kind: AdmissionKind, ends_on: date, by: int | None = None
) -> Admission:
    """Let `member` into this one meeting up to and with `ends_on`; done again, it moves the day."""
    found = db.session.scalar(
        select(Admission).where(
            Admission.meeting_id == meeting.id, Admission.member_id == member.id, Admission.kind == kind
        )
    )
    admission = found or Admission(meeting_id=meeting.id, member_id=member.id, kind=kind)
    admission.ends_on = ends_on
    db.session.add(admission)
    record("meeting:admit", meeting.slug, by, member=member.id, kind=kind, ends_on=ends_on.isoformat())
    return admission
