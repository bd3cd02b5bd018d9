"""Reading institutions, their representatives and members."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Exists, exists, or_, select
from sqlalchemy.orm import joinedload

from ..core.db import db
from .models import Institution, Mandate, Member, Role, RoleKind

STEERING = (RoleKind.STEERING, RoleKind.CONVENOR)


@dataclass(frozen=True)
class Seat:
    """An institution as of a day; `in_steering` says that its representative sits in the steering group."""

    institution: Institution
    mandate: Mandate | None
    in_steering: bool


def institutions() -> list[Institution]:
    """Every institution, in Swedish order."""
    return list(db.session.scalars(select(Institution).order_by(Institution.sort_key, Institution.id)))


def directory(day: date, words: str = "") -> list[Seat]:
    """The seats in Swedish order; with `words`, those where institution or person is named so."""
    mandates = {
        mandate.institution_id: mandate
        for mandate in db.session.scalars(
            select(Mandate)
            .options(joinedload(Mandate.member))
            .where(Mandate.starts_on <= day, or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day))
        )
    }
    roles = roles_on(day)
    seats = []
    for institution in institutions():
        mandate = mandates.get(institution.id)
        kinds = roles.get(mandate.member_id, []) if mandate else []
        seat = Seat(institution, mandate, any(kind in STEERING for kind in kinds))
        if words.casefold() in _names(seat):
            seats.append(seat)
    return seats


def _names(seat: Seat) -> str:
    names = [seat.institution.name_sv, seat.institution.name_en, seat.institution.short_name]
    return "\n".join([*names, seat.mandate.member.name if seat.mandate else ""]).casefold()


def roles_on(day: date) -> dict[int, list[RoleKind]]:
    """The roles in force on `day`, by member."""
    held: dict[int, list[RoleKind]] = defaultdict(list)
    in_force = or_(Role.ends_on.is_(None), Role.ends_on >= day)
    for member_id, kind in db.session.execute(
        select(Role.member_id, Role.kind).where(Role.starts_on <= day, in_force).order_by(Role.id)
    ):
        held[member_id].append(kind)
    return held


def serves(day: date, member_id: Any = Member.id) -> ColumnElement[bool]:
    """Whether the member has a mandate or a role on `day`."""
    return or_(holds(Mandate, day, member_id), holds(Role, day, member_id))


def holds(kind: Any, day: date, member_id: Any = Member.id) -> Exists:
    """Whether the member has a `kind`, which is Mandate or Role, on `day`."""
    return exists().where(
        kind.member_id == member_id, kind.starts_on <= day, or_(kind.ends_on.is_(None), kind.ends_on >= day)
    )


def member(member_id: int) -> Member | None:
    return db.session.get(Member, member_id)


def institution(slug: str) -> Institution | None:
    return db.session.scalar(select(Institution).where(Institution.slug == slug))


def mandate(mandate_id: int) -> Mandate | None:
    return db.session.scalar(
        select(Mandate).options(joinedload(Mandate.member)).where(Mandate.id == mandate_id)
    )


def mandates_of(member_id: int) -> list[Mandate]:
    """The member's mandates with their institutions, the latest first."""
    return list(
        db.session.scalars(
            select(Mandate)
            .options(joinedload(Mandate.institution))
            .where(Mandate.member_id == member_id)
            .order_by(Mandate.starts_on.desc())
        )
    )


def holders_of(institution_id: int) -> list[Mandate]:
    """The institution's mandates with their members, the latest first."""
    return list(
        db.session.scalars(
            select(Mandate)
            .options(joinedload(Mandate.member))
            .where(Mandate.institution_id == institution_id)
            .order_by(Mandate.starts_on.desc())
        )
    )
