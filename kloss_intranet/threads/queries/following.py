"""What a member has chosen to be told of, and whom a post is told to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from ...core.db import db
from ...core.policy import Actor, Permission, may
from ...mail.services import Addressee
from ...meetings import queries as meetings
from ...meetings.models import Admission, AdmissionKind, Meeting
from ...members.models import Mandate, Member, Role
from ...themes.models import Theme
from ..models import Audience, Following, Level, Thread
from .listing import visible

DEFAULT = Level.MENTIONS
"""What holds for somebody who has chosen nothing."""

OfThread, OfMeeting, OfTheme = aliased(Following), aliased(Following), aliased(Following)


@dataclass(frozen=True)
class Effective:
    """The level that counts in a thread, and for what it was chosen: thread, meeting, theme or nothing."""

    level: Level
    source: str


NEAREST = case((Following.thread_id.is_not(None), 0), (Following.meeting_id.is_not(None), 1), else_=2)
EFFECTIVE = (
    select(Following.level, NEAREST)
    .where(
        Following.member_id == bindparam("member"),
        or_(
            Following.thread_id == bindparam("thread"),
            Following.meeting_id == bindparam("meeting"),
            Following.theme_id == bindparam("theme"),
        ),
    )
    .order_by(NEAREST)
    .limit(1)
)


def effective(member_id: int, thread: Thread) -> Effective:
    """What counts for the member in `thread`: the nearest choice, or the default."""
    subjects = {"thread": thread.id, "meeting": thread.meeting_id, "theme": thread.theme_id}
    found = db.session.execute(EFFECTIVE, {"member": member_id} | subjects).first()
    return Effective(found[0], ("thread", "meeting", "theme")[found[1]]) if found else Effective(DEFAULT, "")


def chosen(member_id: int, subject: Thread | Meeting | Theme) -> Level | None:
    """The member's own choice for just this thread, meeting or theme."""
    return db.session.scalar(
        select(Following.level).where(Following.member_id == member_id, about(subject) == subject.id)
    )


def about(subject: Thread | Meeting | Theme) -> Any:
    """The column of Following that such a subject stands in."""
    if isinstance(subject, Thread):
        return Following.thread_id
    return Following.meeting_id if isinstance(subject, Meeting) else Following.theme_id


def choices(reader: Actor) -> list[tuple[Level, Thread | Meeting | Theme]]:
    """Every choice about something the reader may still see: threads, then meetings, then themes."""
    own = Following.member_id == reader.member_id
    threads = select(Following.level, Thread).join(Thread, Thread.id == Following.thread_id)
    of_threads = (
        threads.join(Thread.meeting)
        .options(contains_eager(Thread.meeting))
        .where(own, visible(reader))
        .order_by(Meeting.starts_at.desc(), Thread.title)
    )
    of_meetings = (
        select(Following.level, Meeting)
        .join(Meeting, Meeting.id == Following.meeting_id)
        .options(*meetings.NAMED)
        .where(own, meetings.visible(reader))
        .order_by(Meeting.starts_at.desc())
    )
    of_themes = (
        select(Following.level, Theme).join(Theme, Theme.id == Following.theme_id).order_by(Theme.position)
    )
    found: list[Any] = [*db.session.execute(of_threads), *db.session.execute(of_meetings)]
    if may(reader, Permission.THEME_READ):
        found += db.session.execute(of_themes.where(own))
    return [(level, subject) for level, subject in found]


def may_be_told(day: date) -> ColumnElement[bool]:
    """Whether a letter about Thread may reach Member on `day`: thread:read without those of former times."""
    has_role = exists().where(
        Role.member_id == Member.id,
        Role.starts_on <= day,
        or_(Role.ends_on.is_(None), Role.ends_on >= day),
    )
    has_mandate = exists().where(
        Mandate.member_id == Member.id,
        Mandate.starts_on <= day,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )
    is_guest, stands_in = (
        exists().where(
            Admission.member_id == Member.id,
            Admission.meeting_id == Thread.meeting_id,
            Admission.kind == kind,
            Admission.ends_on >= day,
        )
        for kind in (AdmissionKind.GUEST, AdmissionKind.STAND_IN)
    )
    let_in = or_(has_mandate, stands_in, and_(Thread.for_guests, is_guest))
    for_all = and_(Thread.audience == Audience.NETWORK, let_in)
    return and_(Member.closed_at.is_(None), or_(has_role, for_all))


@dataclass(frozen=True)
class Told(Addressee):
    """Somebody a post is told to, and what the choice that counts was made for."""

    source: str


def told(thread: Thread, author_id: int, addressed: Collection[int], day: date) -> list[Told]:
    """Everybody whom a post in `thread` is told to: followers of all, and the addressed who want that."""
    level = func.coalesce(OfThread.level, OfMeeting.level, OfTheme.level, DEFAULT.value)
    source = case(
        (OfThread.id.is_not(None), "thread"),
        (OfMeeting.id.is_not(None), "meeting"),
        (OfTheme.id.is_not(None), "theme"),
        else_="",
    )
    rows = db.session.execute(
        select(Member.id, Member.email, Member.language, source)
        .select_from(Member)
        .join(Thread, Thread.id == thread.id)
        .outerjoin(OfThread, and_(OfThread.member_id == Member.id, OfThread.thread_id == Thread.id))
        .outerjoin(
            OfMeeting, and_(OfMeeting.member_id == Member.id, OfMeeting.meeting_id == Thread.meeting_id)
        )
        .outerjoin(OfTheme, and_(OfTheme.member_id == Member.id, OfTheme.theme_id == Thread.theme_id))
        .where(
            Member.id != author_id,
            or_(level == Level.ALL.value, and_(Member.id.in_(addressed), level != Level.NONE.value)),
            may_be_told(day),
        )
        .order_by(Member.id)
    )
    return [Told(*row) for row in rows]
