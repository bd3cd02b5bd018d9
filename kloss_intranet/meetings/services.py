"""What can be done to a meeting."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from ..audit.services import record
from ..core import clock
from ..core.db import db
from ..core.policy import HOST_STAY
from ..core.words import Refusal, text
from ..members.models import Member
from .models import Admission, AdmissionKind, Meeting, MeetingState

OVER = frozenset({MeetingState.HELD, MeetingState.CLOSED})
CANCELLED = text("Träffen är inställd.")
STAYS = {
    AdmissionKind.HOST: HOST_STAY,
    AdmissionKind.GUEST: timedelta(days=14),
    AdmissionKind.STAND_IN: timedelta(days=14),
}
"""How long after the meeting's last day those let in for its sake may still read it."""


def move(
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    by: int | None = None,
    *,
    time_zone: str | None = None,
) -> None:
    """Give the meeting other times; whether a post came before or after it follows from them.

    Those let in for its sake stay as long after its new last day as STAYS says. Raises Refusal when the
    meeting has been held or cancelled, or would end before it starts.
    """
    if meeting.state in OVER:
        raise Refusal(text("Träffen är genomförd och kan inte flyttas."), field="starts_on")
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(CANCELLED, field="starts_on")
    if ends_at <= starts_at:
        raise Refusal(text("Träffen måste sluta efter att den har börjat."), field="ends_at")
    was, before = _times(meeting), last_day(meeting)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.time_zone = time_zone or meeting.time_zone
    record("meeting:move", meeting.slug, by, before=was, after=_times(meeting))
    meeting.sequence += 1
    for admission in db.session.scalars(select(Admission).where(Admission.meeting_id == meeting.id)):
        # Whoever was sent away stays away; whose time ran out by itself comes back.
        if admission.ends_on >= clock.today() or admission.ends_on == before + STAYS[admission.kind]:
            admission.ends_on = stays_until(meeting, admission.kind)


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
    record("meeting:publish", meeting.slug, by, **_states(MeetingState.PLANNED, MeetingState.OPEN))


def hold(meeting: Meeting, by: int | None = None) -> None:
    """Say that the meeting took place. Raises Refusal when it was cancelled or is closed."""
    if meeting.state in (MeetingState.CANCELLED, MeetingState.CLOSED):
        raise Refusal(text("En inställd eller avslutad träff kan inte bli genomförd."))
    record("meeting:hold", meeting.slug, by, **_states(meeting.state, MeetingState.HELD))
    meeting.state = MeetingState.HELD


def cancel(meeting: Meeting, reason: str, by: int | None = None) -> None:
    """Say that the meeting will not take place, and why. What has been written stays on the side it is.

    Raises Refusal when it has been held or is cancelled already, also by a hair.
    """
    was = meeting.state
    done = db.session.scalar(
        update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.state.in_((MeetingState.PLANNED, MeetingState.OPEN)))
        .values(
            state=MeetingState.CANCELLED,
            cancelled_reason=reason,
            sequence=Meeting.sequence + 1,
            version=Meeting.version + 1,
        )
        .returning(Meeting.id)
    )
    if done is None:
        raise Refusal(text("Bara en träff som är planerad eller öppen kan ställas in."), status=409)
    record("meeting:cancel", meeting.slug, by, reason=reason, **_states(was, MeetingState.CANCELLED))


def close(meeting: Meeting, by: int | None = None) -> None:
    """End a meeting that has been. Raises Refusal before its end, when it is cancelled, or closed already."""
    if meeting.ends_at > clock.now():
        raise Refusal(text("Träffen är inte slut än. Den kan avslutas när den har varit."), status=409)
    was = meeting.state
    done = db.session.scalar(
        update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.state.in_((MeetingState.OPEN, MeetingState.HELD)))
        .values(state=MeetingState.CLOSED, version=Meeting.version + 1)
        .returning(Meeting.id)
    )
    if done is None:
        raise Refusal(text("Bara en träff som har varit kan avslutas, och bara en gång."), status=409)
    record("meeting:close", meeting.slug, by, **_states(was, MeetingState.CLOSED))


def last_day(meeting: Meeting) -> date:
    """The last day on which the meeting goes on, in its own zone; midnight belongs to the day before."""
    return (meeting.ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(meeting.time_zone)).date()


def stays_until(meeting: Meeting, kind: AdmissionKind) -> date:
    """The last day on which somebody let in for the meeting's sake may read it."""
    return last_day(meeting) + STAYS[kind]


def dismiss(admission: Admission, meeting: Meeting, by: int | None = None) -> None:
    """Close the way in from now on."""
    before = {"ends_on": admission.ends_on}
    admission.ends_on = min(admission.ends_on, clock.today() - timedelta(days=1))
    whom = {"member": admission.member_id, "kind": admission.kind}
    record("meeting:dismiss", meeting.slug, by, **whom, before=before, after={"ends_on": admission.ends_on})


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
    before = {"ends_on": found.ends_on if found else None}
    admission.ends_on = ends_on
    db.session.add(admission)
    whom = {"member": member.id, "kind": kind}
    record("meeting:admit", meeting.slug, by, **whom, before=before, after={"ends_on": ends_on})
    return admission


def _times(meeting: Meeting) -> dict[str, object]:
    return {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "time_zone": meeting.time_zone}


def _states(before: MeetingState, after: MeetingState) -> dict[str, object]:
    return {"before": {"state": before}, "after": {"state": after}}
