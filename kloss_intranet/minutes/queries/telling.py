"""Who is told of minutes and of a closing."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, exists, func, or_, select

from ...attendance.models import Answer, SignUp
from ...core.db import db
from ...mail.models import Letter
from ...meetings.models import Admission, AdmissionKind, Meeting, ProgrammeItem
from ...members.models import Member
from ...members.queries import serves

MINUTES, CLOSING = "minutes-", "closing-"
"""What the letters about a meeting's minutes, and about how it was closed, hang from."""

Sparing = Callable[[Meeting], Collection[int]]
_sparings: list[Sparing] = []


def spares(sparing: Sparing) -> Sparing:
    """Register a function that names the members who want no letters about a meeting."""
    if sparing not in _sparings:
        _sparings.append(sparing)
    return sparing


def network(meeting: Meeting, day: date) -> Sequence[Member]:
    """Those with a mandate or a role on `day` who want letters about the meeting."""
    return _members(meeting, serves(day))


def participants(meeting: Meeting, day: date) -> Sequence[Member]:
    """Those who said they would come and may read it; where nobody signed up, everyone in the network.

    Who wants no letters about the meeting is left out.
    """
    came = (
        exists()
        .where(SignUp.member_id == Member.id, SignUp.answer == Answer.COMING)
        .where(SignUp.programme_item_id == ProgrammeItem.id, ProgrammeItem.meeting_id == meeting.id)
    )
    stands_in = _stands_in(meeting.id, Member.id, day)
    signed_up = select(SignUp.id).join(SignUp.programme_item)
    signed_up = signed_up.where(ProgrammeItem.meeting_id == meeting.id, SignUp.answer == Answer.COMING)
    if db.session.scalar(signed_up.limit(1)) is None:
        return _members(meeting, or_(serves(day), stands_in))
    return _members(meeting, or_(and_(serves(day), came), stands_in))


def is_untold(meeting: Meeting, written_at: Iterable[datetime]) -> bool:
    """Whether some of the published minutes was `written_at` a time after participants were last told."""
    if meeting.minutes_published_at is None:
        return False
    told = select(func.max(Letter.created_at)).where(Letter.conversation == f"{MINUTES}{meeting.id}")
    last = max(meeting.minutes_published_at, db.session.scalar(told) or meeting.minutes_published_at)
    return any(at > last for at in written_at)


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of these letters, those about minutes and closings whose readers may not read them on `day`."""
    told_in = Letter.conversation
    about = or_(told_in.like(f"{MINUTES}%"), told_in.like(f"{CLOSING}%"))
    # Both prefixes are of one length.
    meeting_id = case((about, cast(func.substr(told_in, len(MINUTES) + 1), Integer)))
    reads = or_(serves(day, Letter.member_id), _stands_in(meeting_id, Letter.member_id, day))
    return set(db.session.scalars(select(Letter.id).where(Letter.id.in_(letter_ids), about, ~reads)))


def _members(meeting: Meeting, which: ColumnElement[bool]) -> Sequence[Member]:
    spared = set[int]().union(*(sparing(meeting) for sparing in _sparings))
    found = select(Member).where(Member.closed_at.is_(None), which).order_by(Member.id)
    return [one for one in db.session.scalars(found) if one.id not in spared]


def _stands_in(meeting_id: Any, member_id: Any, day: date) -> ColumnElement[bool]:
    return exists().where(
        Admission.member_id == member_id,
        Admission.meeting_id == meeting_id,
        Admission.kind == AdmissionKind.STAND_IN,
        Admission.ends_on >= day,
    )
