"""One thread with all that stands around its posts."""

from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...meetings.models import Host, Meeting
from ...members.models import Mandate, Member, Role
from ..models import Audience, Thread


def thread(thread_id: int) -> Thread | None:
    """The thread with its meeting, hosts, theme and question: two statements."""
    return db.session.scalar(
        select(Thread)
        .where(Thread.id == thread_id)
        .options(
            joinedload(Thread.meeting).selectinload(Meeting.hosts).joinedload(Host.institution),
            joinedload(Thread.theme),
            joinedload(Thread.question),
        )
    )


def told(member_id: int, audience: Audience, day: date) -> Member | None:
    """The member, if letters about a thread for `audience` may reach them on `day`."""
    in_force = or_(Role.ends_on.is_(None), Role.ends_on >= day)
    has_role = exists().where(Role.member_id == Member.id, Role.starts_on <= day, in_force)
    has_mandate = exists().where(
        Mandate.member_id == Member.id,
        Mandate.starts_on <= day,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )
    may_read = has_role if audience is Audience.STEERING else or_(has_role, has_mandate)
    return db.session.scalar(
        select(Member).where(Member.id == member_id, Member.closed_at.is_(None), may_read)
    )


__all__ = ["thread", "told"]
