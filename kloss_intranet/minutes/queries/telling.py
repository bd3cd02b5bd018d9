"""Who is told of minutes and of a closing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from ...attendance.models import Answer, SignUp
from ...core.db import db
from ...meetings.models import Admission, AdmissionKind, Meeting, ProgrammeItem
from ...members.models import Mandate, Member, Role


def network(day: date) -> Sequence[Member]:
    """Those with a mandate or a role on `day`."""
    return _members(_serves(day))


def participants(meeting: Meeting, day: date) -> Sequence[Member]:
    """Those who said they would come and may read it; where nobody signed up, everyone in the network."""
    came = (
        exists()
        .where(SignUp.member_id == Member.id, SignUp.answer == Answer.COMING)
        .where(SignUp.programme_item_id == ProgrammeItem.id, ProgrammeItem.meeting_id == meeting.id)
    )
    stands_in = exists().where(
        Admission.member_id == Member.id,
        Admission.meeting_id == meeting.id,
        Admission.kind == AdmissionKind.STAND_IN,
        Admission.ends_on >= day,
    )
    signed_up = select(SignUp.id).join(SignUp.programme_item)
    signed_up = signed_up.where(ProgrammeItem.meeting_id == meeting.id, SignUp.answer == Answer.COMING)
    if db.session.scalar(signed_up.limit(1)) is None:
        return _members(or_(_serves(day), stands_in))
    return _members(or_(and_(_serves(day), came), stands_in))


def _members(which: ColumnElement[bool]) -> Sequence[Member]:
    return db.session.scalars(
        select(Member).where(Member.closed_at.is_(None), which).order_by(Member.id)
    ).all()


def _serves(day: date) -> ColumnElement[bool]:
    return or_(_on(Mandate, day), _on(Role, day))


def _on(kind: Any, day: date) -> ColumnElement[bool]:
    return exists().where(
        kind.member_id == Member.id, kind.starts_on <= day, or_(kind.ends_on.is_(None), kind.ends_on >= day)
    )
