"""Who comes to a meeting, who has not answered, and whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from ...core import clock
from ...core.db import db
from ...meetings import queries as meetings
from ...meetings.models import Admission, AdmissionKind, Host, Meeting, ProgrammeItem
from ...members.models import Institution, Mandate, Member, in_force
from ..models import Answer, SignUp, StandIn
from .reach import reaches


@dataclass(frozen=True)
class Comer:
    """Somebody who has answered for a part; `absent` is in whose place they come, by `stand_in_id`."""

    member_id: int
    name: str
    institution: Institution | None
    affiliation: str | None
    answer: Answer
    absent: str | None
    stand_in_id: int | None


@dataclass(frozen=True)
class Participant:
    """A member's part in one meeting, for those who arrange it; `id` is the meeting's."""

    meeting: Meeting
    member: Member
    institution_id: int | None

    @property
    def id(self) -> int:
        return self.meeting.id

    @property
    def known_at(self) -> datetime:
        return self.meeting.known_at

    @property
    def ends_at(self) -> datetime:
        return self.meeting.ends_at

    @property
    def hosts(self) -> list[Host]:
        return self.meeting.hosts


def comers(meeting: Meeting) -> dict[int, list[Comer]]:
    """By programme item, everybody who comes, then those who wait, in the order they said so."""
    standing: dict[int, tuple[int, str]] = {
        member_id: (number, name)
        for member_id, number, name in db.session.execute(
            select(StandIn.member_id, StandIn.id, Member.name)
            .join(Member, Member.id == StandIn.absent_id)
            .where(StandIn.meeting_id == meeting.id, StandIn.ended_at.is_(None))
        )
    }
    rows = db.session.execute(
        select(SignUp, Member, Institution)
        .join(Member, Member.id == SignUp.member_id)
        .join(ProgrammeItem, ProgrammeItem.id == SignUp.programme_item_id)
        .outerjoin(Institution, Institution.id == SignUp.institution_id)
        .where(ProgrammeItem.meeting_id == meeting.id, SignUp.answer != Answer.NOT_COMING)
        .order_by(SignUp.queued_at, SignUp.id)
    ).all()
    found: dict[int, list[Comer]] = {}
    for answer in (Answer.COMING, Answer.WAITING):
        for sign_up, member, institution in rows:
            if sign_up.answer is answer:
                number, absent = standing.get(member.id, (None, None))
                found.setdefault(sign_up.programme_item_id, []).append(
                    Comer(
                        member_id=member.id,
                        name=member.name,
                        institution=institution,
                        affiliation=member.affiliation,
                        answer=answer,
                        absent=absent,
                        stand_in_id=number,
                    )
                )
    return found


def unanswered(meeting: Meeting, day: date) -> list[tuple[Member, Institution]]:
    """The representatives of the day who have answered for no part and have nobody in their place."""
    answered = (
        select(SignUp.member_id)
        .join(ProgrammeItem, ProgrammeItem.id == SignUp.programme_item_id)
        .where(ProgrammeItem.meeting_id == meeting.id)
    )
    absent = select(StandIn.absent_id).where(StandIn.meeting_id == meeting.id, StandIn.ended_at.is_(None))
    rows: Iterable[Any] = db.session.execute(
        select(Member, Institution)
        .join(Mandate, Mandate.member_id == Member.id)
        .join(Institution, Institution.id == Mandate.institution_id)
        .where(*_held_on(day), Member.id.not_in(answered), Member.id.not_in(absent))
        .order_by(Institution.sort_key, Institution.id, Member.id)
    )
    return [(member, institution) for member, institution in rows]


def participant(slug: str, member_id: int) -> Participant | None:
    """The meeting with somebody who may come to it or has answered, and the institution represented.

    Others are nobody here: who arranges one meeting is not to go through everybody's names.
    """
    meeting, today = meetings.meeting(slug), clock.today()
    if meeting is None:
        return None
    own = (
        select(SignUp.institution_id)
        .join(ProgrammeItem, ProgrammeItem.id == SignUp.programme_item_id)
        .where(ProgrammeItem.meeting_id == meeting.id, SignUp.member_id == member_id)
    )
    concerned = or_(reaches(meeting.id, member_id, today), own.exists())
    member = db.session.scalar(
        select(Member).where(Member.id == member_id, Member.closed_at.is_(None), concerned)
    )
    if member is None:
        return None
    seats = db.session.execute(
        select(Mandate.institution_id, Mandate.starts_on, Mandate.ends_on)
        .where(Mandate.member_id == member_id)
        .order_by(Mandate.starts_on, Mandate.id)
    )
    held = next((seat for seat, first, last in seats if in_force(first, last, today)), None)
    return Participant(meeting, member, held or db.session.scalar(own.limit(1)))


def hosts_to_ask(meeting: Meeting, day: date) -> list[str]:
    """Who arranges the meeting, by name: its hosts, and the representatives of the hosting institutions."""
    hosts = select(Admission.member_id).where(
        Admission.meeting_id == meeting.id, Admission.kind == AdmissionKind.HOST, Admission.ends_on >= day
    )
    holders = (
        select(Mandate.member_id)
        .join(Host, Host.institution_id == Mandate.institution_id)
        .where(Host.meeting_id == meeting.id, *_held_on(day))
    )
    asked = select(Member.name).where(
        or_(Member.id.in_(hosts), Member.id.in_(holders)), Member.closed_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(Member.sort_key, Member.id)))


def _held_on(day: date) -> tuple[Any, ...]:
    return (
        Mandate.starts_on <= day,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )
