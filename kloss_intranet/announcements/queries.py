"""Announcements, drafts, and who belongs to the circle that one goes to."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..attendance.models import Answer, SignUp
from ..core.db import db
from ..mail.models import Letter
from ..meetings.models import Admission, Host, Meeting, MeetingState, ProgrammeItem
from ..members.models import Mandate, Member, Role
from ..members.queries import STEERING, holds, serves
from .models import Addressed, Announcement, Circle

PAGE = 30
"""Announcements on a page."""
PREFIX = "announcement:"
"""How the keys of the letters begin."""


def announcement(announcement_id: int) -> Announcement | None:
    """One announcement with its meeting, writer and readers."""
    return db.session.scalar(
        select(Announcement)
        .where(Announcement.id == announcement_id)
        .options(
            joinedload(Announcement.meeting).selectinload(Meeting.hosts).joinedload(Host.institution),
            joinedload(Announcement.written_by),
            selectinload(Announcement.readers),
        )
        .execution_options(populate_existing=True)
    )


def received(member_id: int, below: int | None = None) -> Sequence[Announcement]:
    """What went to the member, newest first, a page and one more."""
    to_them = exists().where(Addressed.announcement_id == Announcement.id, Addressed.member_id == member_id)
    return _listed(to_them, Announcement.sent_at.is_not(None), below=below)


def sent(below: int | None = None) -> Sequence[Announcement]:
    """Everything that has been sent, newest first, a page and one more."""
    return _listed(Announcement.sent_at.is_not(None), below=below)


def drafts() -> Sequence[Announcement]:
    """What has not been sent, newest first."""
    return _listed(Announcement.sent_at.is_(None))


def _listed(*which: Any, below: int | None = None) -> Sequence[Announcement]:
    query = (
        select(Announcement)
        .options(
            joinedload(Announcement.meeting).selectinload(Meeting.hosts).joinedload(Host.institution),
            joinedload(Announcement.written_by),
        )
        .where(*which)
    )
    if below is not None:
        query = query.where(Announcement.id < below)
    return db.session.scalars(query.order_by(Announcement.id.desc()).limit(PAGE + 1)).all()


def meetings_to_choose() -> Sequence[Meeting]:
    """The meetings whose participants can be written to: none that is cancelled, the latest first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.state != MeetingState.CANCELLED)
        .options(selectinload(Meeting.hosts).joinedload(Host.institution))
        .order_by(Meeting.starts_at.desc())
        .limit(12)
    ).all()


def circle(kind: Circle, meeting_id: int | None, day: date) -> Sequence[Member]:
    """Those who would be reached on `day`, in the order of their names."""
    which = belongs(kind, meeting_id, day, Member.id)
    return db.session.scalars(
        select(Member).where(Member.closed_at.is_(None), which).order_by(Member.sort_key, Member.id)
    ).all()


def belongs(kind: Any, meeting_id: Any, day: date, member_id: Any) -> ColumnElement[bool]:
    """Whether the member is in the circle on `day`; the arguments may be values or columns."""
    let_in = exists().where(
        Admission.member_id == member_id, Admission.meeting_id == meeting_id, Admission.ends_on >= day
    )
    coming = (
        exists()
        .where(SignUp.member_id == member_id, SignUp.answer != Answer.NOT_COMING)
        .where(SignUp.programme_item_id == ProgrammeItem.id, ProgrammeItem.meeting_id == meeting_id)
    )
    hosting = exists().where(
        Host.meeting_id == meeting_id,
        Host.institution_id == Mandate.institution_id,
        Mandate.member_id == member_id,
        Mandate.starts_on <= day,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )
    by_steering = exists().where(Host.meeting_id == meeting_id, Host.institution_id.is_(None))
    steers = holds(Role, day, member_id).where(Role.kind.in_(STEERING))
    in_meeting = or_(let_in, coming & serves(day, member_id), hosting, by_steering & steers)
    if isinstance(kind, Circle):
        whole = {
            Circle.ALL: serves(day, member_id),
            Circle.MEETING: in_meeting,
            Circle.STEERING: holds(Role, day, member_id),
        }
        return whole[kind]
    return case(
        (kind == Circle.ALL, serves(day, member_id)),
        (kind == Circle.STEERING, holds(Role, day, member_id)),
        else_=in_meeting,
    )


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of these letters, the announcements whose readers have left the circle by `day`."""
    rest = func.substr(Letter.conversation, len(PREFIX) + 1)
    number = case((Letter.conversation.startswith(PREFIX), cast(rest, Integer)))
    told = (
        select(Letter.id)
        .join(Announcement, Announcement.id == number)
        .where(
            Letter.id.in_(letter_ids),
            Announcement.sent_at.is_not(None),
            ~belongs(Announcement.circle, Announcement.meeting_id, day, Letter.member_id),
        )
    )
    return set(db.session.scalars(told))
