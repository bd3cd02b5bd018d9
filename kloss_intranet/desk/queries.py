"""What waits for the coordinator and belongs to no page of its own: seats, invitations, meetings, mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from ..auth.models import EntryLink, LinkKind
from ..core.db import db
from ..mail.models import Letter
from ..meetings import queries as meetings
from ..meetings.models import Admission, Meeting, MeetingState
from ..members.models import Institution, Mandate, Member, Role

ENDING = timedelta(days=90)
"""How long before its last day a mandate is spoken of."""
ANSWERING = timedelta(days=7)
"""How long an invitation may wait for its answer before it is spoken of."""
COMING = timedelta(days=60)
"""How long before a meeting it ought to be open to the network."""
TRIES = 3
"""After so many failed attempts it is more than a server that asks us to come back."""

HAVE_FAILED = (Letter.sent_at.is_(None), Letter.attempts >= TRIES, Letter.last_error.is_not(None))

Later = aliased(Mandate)


@dataclass(frozen=True)
class Vacancy:
    institution: Institution
    since: date | None
    """The last day of the last mandate; None where there has been none."""


def vacancies(day: date) -> list[Vacancy]:
    """The institutions that nobody represents on `day` or is to represent later, in Swedish order."""
    last = select(func.max(Mandate.ends_on)).where(Mandate.institution_id == Institution.id)
    held = exists().where(
        Mandate.institution_id == Institution.id, or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day)
    )
    rows = db.session.execute(
        select(Institution, last.scalar_subquery())
        .where(~held)
        .order_by(Institution.sort_key, Institution.id)
    )
    return [Vacancy(institution, since) for institution, since in rows]


def ending(day: date) -> Sequence[Mandate]:
    """The mandates that end soon and have none after them, with member and institution; the nearest first."""
    followed = exists().where(
        Later.institution_id == Mandate.institution_id,
        or_(Later.ends_on.is_(None), Later.ends_on > Mandate.ends_on),
    )
    return db.session.scalars(
        select(Mandate)
        .where(Mandate.ends_on.between(day, day + ENDING), ~followed)
        .options(joinedload(Mandate.member), joinedload(Mandate.institution))
        .order_by(Mandate.ends_on, Mandate.id)
    ).all()


def unanswered(now: datetime, day: date, member_id: int | None = None) -> Sequence[EntryLink]:
    """The last invitation of each member who has not answered it for some time, and still has a place here.

    With `member_id`, only that member's.
    """
    newest = select(func.max(EntryLink.id)).where(EntryLink.kind == LinkKind.INVITATION)
    query = (
        select(EntryLink)
        .join(EntryLink.member)
        .where(
            EntryLink.id.in_(newest.group_by(EntryLink.member_id)),
            EntryLink.created_at <= now - ANSWERING,
            Member.password_hash.is_(None),
            Member.closed_at.is_(None),
            _has_a_place(day),
        )
        .options(joinedload(EntryLink.member))
        .order_by(EntryLink.created_at, EntryLink.id)
    )
    return db.session.scalars(query.where(Member.id == member_id) if member_id else query).all()


def _has_a_place(day: date) -> ColumnElement[bool]:
    """The member has, or will have, a mandate, a role or an admission to a meeting."""
    mine = (
        exists().where(kind.member_id == Member.id, or_(kind.ends_on.is_(None), kind.ends_on >= day))
        for kind in (Mandate, Role, Admission)
    )
    return or_(*mine)


def unready(now: datetime) -> Sequence[Meeting]:
    """The coming meetings that nobody hosts, or that are near and not open to the network."""
    closed = and_(Meeting.state == MeetingState.PLANNED, Meeting.starts_at <= now + COMING)
    return db.session.scalars(
        meetings.EVERY.where(
            Meeting.starts_at > now,
            Meeting.state.in_((MeetingState.PLANNED, MeetingState.OPEN)),
            or_(~Meeting.hosts.any(), closed),
        )
    ).all()


@dataclass(frozen=True)
class Failing:
    """An address that letters do not reach; `letter_id` is one of them, and stands for all."""

    letter_id: int
    address: str
    member_id: int | None
    name: str | None
    number: int
    since: datetime
    due_at: datetime
    error: str


def failing() -> list[Failing]:
    """The addresses that letters have failed to reach several times, those that wait longest first."""
    rows: Iterable[Any] = db.session.execute(
        select(
            func.min(Letter.id),
            Letter.address,
            func.max(Letter.member_id),
            func.max(Member.name),
            func.count(),
            func.min(Letter.created_at),
            func.min(Letter.due_at),
            func.coalesce(func.max(Letter.last_error), ""),
        )
        .outerjoin(Member, Member.id == Letter.member_id)
        .where(*HAVE_FAILED)
        .group_by(Letter.address)
        .order_by(func.min(Letter.id))
    )
    return [Failing(*row) for row in rows]


def letter(letter_id: int) -> Letter | None:
    return db.session.get(Letter, letter_id)
