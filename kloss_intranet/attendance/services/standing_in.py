"""Somebody comes to one meeting in the place of a member, and is let into that meeting alone."""

from typing import Any

from sqlalchemy import Select, delete, select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...mail import services as mail
from ...mail.models import Letter
from ...meetings.models import Admission, AdmissionKind, Meeting, MeetingState, ProgrammeItem
from ...meetings.services import admit, stays_until
from ...members.models import Member
from ...members.services import outsider
from ..models import Needs, SignUp, StandIn
from . import seats

MOST = 5
"""Persons a member can name for one meeting: each gets letters, and perhaps an account."""
HAS_PART = text("%(name)s har själv ett uppdrag i nätverket och kan inte ersätta någon.")


def find_or_make(meeting: Meeting, absent: Actor, name: str, email: str) -> tuple[Member, bool]:
    """Who is to come in the place of `absent`, and whether they have yet to be invited. Raises Refusal."""
    _one_at_a_time(meeting)
    if meeting.state is not MeetingState.OPEN or clock.now() >= meeting.ends_at:
        raise Refusal(text("Träffen tar inte emot anmälningar."))
    field = "stand_in_email"
    before = db.session.scalar(_of(meeting, absent))
    if before is not None and before.ended_at is None:
        raise Refusal(text("Någon kommer redan i ditt ställe. Ladda om sidan."), status=409)
    if before is not None and before.times >= MOST:
        sentence = text("Du har redan bett %(most)d personer komma i ditt ställe. Fråga koordinatorn.")
        raise Refusal(sentence, field=field, most=MOST)
    member = outsider(email=email, name=name, language=absent.language, refused=HAS_PART, field=field)
    answered = (
        select(SignUp.id)
        .join(ProgrammeItem, ProgrammeItem.id == SignUp.programme_item_id)
        .where(ProgrammeItem.meeting_id == meeting.id, SignUp.member_id == member.id)
    )
    if db.session.scalar(answered.limit(1)) or db.session.scalar(
        _active(meeting).where(StandIn.member_id == member.id)
    ):
        sentence = text("%(name)s är redan anmäld till träffen.")
        raise Refusal(sentence, field=field, name=member.name)
    return member, member.password_hash is None


def begin(meeting: Meeting, absent: Actor, member: Member) -> StandIn:
    """Let `member` come in the place of `absent`, with the seats and places in the queue of the latter."""
    row = db.session.scalar(_of(meeting, absent))
    if row is None:
        row = StandIn(meeting_id=meeting.id, absent_id=absent.member_id, times=0)
        db.session.add(row)
    row.times += 1
    row.member_id, row.institution_id = member.id, absent.institution_id
    row.named_at, row.ended_at = clock.now(), None
    db.session.flush()
    until = stays_until(meeting, AdmissionKind.STAND_IN)
    admit(meeting, member, AdmissionKind.STAND_IN, until, absent.member_id)
    seats.hand_over(meeting.id, absent.member_id, member.id)
    _drop_needs(meeting.id, absent.member_id)
    record("stand-in.begin", meeting.slug, absent.member_id, member=member.id)
    return row


def end(stand_in: StandIn, by: int) -> None:
    """Take it back: the way in closes at once, and the seats go back to who was to be away."""
    meeting = stand_in.meeting
    _one_at_a_time(meeting)
    stand_in.ended_at = clock.now()
    db.session.execute(
        delete(Admission).where(
            Admission.meeting_id == meeting.id,
            Admission.member_id == stand_in.member_id,
            Admission.kind == AdmissionKind.STAND_IN,
        )
    )
    seats.hand_over(meeting.id, stand_in.member_id, stand_in.absent_id)
    _drop_needs(meeting.id, stand_in.member_id)
    mail.seen(stand_in.member_id, Letter.path == f"/meetings/{meeting.slug}")
    record("stand-in.end", meeting.slug, by, member=stand_in.member_id, absent=stand_in.absent_id)


def _active(meeting: Meeting) -> Any:
    return select(StandIn.id).where(StandIn.meeting_id == meeting.id, StandIn.ended_at.is_(None)).limit(1)


def _one_at_a_time(meeting: Meeting) -> None:
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))


def _drop_needs(meeting_id: int, member_id: int) -> None:
    db.session.execute(delete(Needs).where(Needs.meeting_id == meeting_id, Needs.member_id == member_id))


def _of(meeting: Meeting, absent: Actor) -> Select[StandIn]:
    return select(StandIn).where(StandIn.meeting_id == meeting.id, StandIn.absent_id == absent.member_id)
