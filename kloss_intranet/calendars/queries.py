"""Whose an address is, which meetings its calendar shows, and who has a meeting in a calendar."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, or_, select
from sqlalchemy.orm import selectinload

from ..attendance.models import Answer, SignUp
from ..core.db import db
from ..core.policy import Actor
from ..mail.models import Letter
from ..meetings import queries as meetings
from ..meetings.models import Admission, Meeting, MeetingState, ProgrammeItem
from ..members.models import Member
from ..members.queries import serves
from .models import Feed


def hash_of(token: str) -> str:
    """How an address's token is kept: it is long and random, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def live(member_id: int) -> Feed | None:
    """The member's address, if there is one that works."""
    return db.session.scalar(select(Feed).where(Feed.member_id == member_id, Feed.ended_at.is_(None)))


def of_token(token: str) -> Feed | None:
    """The address with this token, if it works."""
    return db.session.scalar(select(Feed).where(Feed.token_hash == hash_of(token), Feed.ended_at.is_(None)))


def has_meetings(reader: Actor) -> bool:
    """Whether a calendar of `reader` is answered today: it ends with the mandate, role or admission."""
    return reader.in_network or bool(reader.hosted | reader.invited | reader.standing_in)


def shown_to(reader: Actor) -> Sequence[Meeting]:
    """Every meeting that `reader` may read, with its programme; the same few statements however many."""
    return db.session.scalars(
        select(Meeting)
        .where(meetings.visible(reader))
        .order_by(Meeting.starts_at, Meeting.id)
        .options(*meetings.NAMED, selectinload(Meeting.programme))
    ).all()


def conversation(meeting_id: int) -> str:
    """What the letters about a meeting hang from."""
    return f"meeting-{meeting_id}"


def holders(meeting: Meeting, day: date | None = None) -> Sequence[Member]:
    """Those who were sent the meeting for their calendar; with `day`, who then may still read it."""
    query = select(Member).where(Member.closed_at.is_(None), _sent(meeting)).order_by(Member.id)
    if day is not None:
        query = query.where(_reads(Member.id, conversation(meeting.id), day))
    return db.session.scalars(query).all()


def reached(meeting: Meeting, day: date) -> Sequence[Member]:
    """Whom a change of the meeting concerns, of those who may read it on `day`.

    They are those who have it in a calendar and, once it is open, whoever has signed up or been let in.
    """
    concerned = [_sent(meeting)]
    if meeting.state is MeetingState.OPEN:
        concerned.append(
            exists()
            .where(SignUp.member_id == Member.id, SignUp.answer != Answer.NOT_COMING)
            .where(SignUp.programme_item_id == ProgrammeItem.id, ProgrammeItem.meeting_id == meeting.id)
        )
        concerned.append(exists().where(Admission.member_id == Member.id, Admission.meeting_id == meeting.id))
    query = select(Member).where(
        Member.closed_at.is_(None), or_(*concerned), _reads(Member.id, conversation(meeting.id), day)
    )
    return db.session.scalars(query.order_by(Member.id)).all()


def latest_calendars(meeting: Meeting, member_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """What each member's calendar was last told of the meeting, and in which language, by member."""
    # Only the last one of each: a meeting that is often changed has sent many.
    last = (
        select(func.max(Letter.id))
        .where(
            Letter.member_id.in_(member_ids),
            Letter.conversation == conversation(meeting.id),
            Letter.calendar.is_not(None),
        )
        .group_by(Letter.member_id)
    )
    rows = db.session.execute(
        select(Letter.member_id, Letter.language, Letter.calendar).where(Letter.id.in_(last))
    )
    return {number: (language, text or "") for number, language, text in rows if number is not None}


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of the letters with these ids, the invitations to meetings that their readers may not read on `day`."""
    invitation = (Letter.calendar.is_not(None), ~Letter.calendar.contains("\r\nMETHOD:CANCEL\r\n"))
    query = select(Letter.id).where(Letter.id.in_(letter_ids), *invitation)
    return set(db.session.scalars(query.where(~_reads(Letter.member_id, Letter.conversation, day))))


def _sent(meeting: Meeting) -> ColumnElement[bool]:
    """Whether the member was sent the meeting for a calendar."""
    return exists().where(
        Letter.member_id == Member.id,
        Letter.conversation == conversation(meeting.id),
        Letter.calendar.is_not(None),
    )


def _reads(member_id: Any, told_in: Any, day: date) -> ColumnElement[bool]:
    """Whether the member may read the meeting that a conversation is about: of the network, or let in."""
    admitted = exists().where(
        Admission.member_id == member_id,
        Admission.ends_on >= day,
        literal("meeting-") + cast(Admission.meeting_id, String) == told_in,
    )
    return or_(serves(day, member_id), admitted)
