"""Who moderates."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, or_, select

from ...core.db import db
from ...members.models import Member, Role, RoleKind


def coordinators(day: date) -> Sequence[Member]:
    """Everyone who is a coordinator on `day`."""
    held = exists().where(
        Role.member_id == Member.id,
        Role.kind == RoleKind.COORDINATOR,
        Role.starts_on <= day,
        or_(Role.ends_on.is_(None), Role.ends_on >= day),
    )
    return db.session.scalars(
        select(Member).where(Member.closed_at.is_(None), held).order_by(Member.id)
    ).all()


def judges(every: Sequence[Member], author_id: int | None) -> Sequence[Member]:
    """Those of the coordinators who look into something of the author's: the author only when alone."""
    return [one for one in every if one.id != author_id] or every
