"""Saying that a meeting has taken place, and naming those who help its hosts."""

from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings import services as meetings
from ...meetings.models import Admission, AdmissionKind, Meeting, MeetingState
from ...members.models import Member
from .facts import check_editable


def hold(meeting: Meeting, by: int) -> None:
    """Say that it took place. Raises Refusal before it has begun; posts keep the side they were on then."""
    if clock.now() < meeting.starts_at:
        raise Refusal(text("Träffen har inte börjat än."))
    if meeting.state is not MeetingState.HELD:
        meetings.hold(meeting, by)
        meeting.version += 1


def name_helper(meeting: Meeting, email: str, by: int) -> Member:
    """Let a member arrange the meeting beside its hosts, as long as its hosts may. Raises Refusal."""
    check_editable(meeting)
    member = db.session.scalar(
        select(Member).where(Member.email == email.strip().lower(), Member.closed_at.is_(None))
    )
    if member is None:
        sentence = text("Ingen medlem har den adressen. Be koordinatorn att bjuda in personen först.")
        raise Refusal(sentence, field="email")
    ends_on = meetings.stays_until(meeting, AdmissionKind.HOST)
    if ends_on < clock.today(meeting.time_zone):
        raise Refusal(text("Det har gått mer än 30 dagar sedan träffen."), field="email")
    meetings.admit(meeting, member, AdmissionKind.HOST, ends_on, by)
    return member


def dismiss_helper(meeting: Meeting, admission: Admission, by: int) -> None:
    """Let somebody arrange the meeting no more, from now."""
    meetings.dismiss(admission, meeting, by)
