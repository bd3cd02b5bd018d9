"""The invented institutions, the people, and who represents what."""

from typing import Any

from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...core.swedish import sort_key
from ...members.models import Institution, InstitutionKind, Mandate, Member, Origin, Role, RoleKind
from .season import Season, add

LONG_AGO = -1500  # days; for people without a mandate


def institution(season: Season, line: dict[str, Any]) -> None:
    """An earlier season's institution is used again, and learns what kind it is if nobody has said."""
    line = line | {"kind": InstitutionKind(line["kind"])}
    present = db.session.scalar(select(Institution).where(Institution.slug == line["slug"]))
    if present is not None and present.kind is None:
        present.kind = line["kind"]
    season.institution[line["slug"]] = present or add(
        Institution(**line, sort_key=sort_key(line["name_sv"]), origin=Origin.INVENTED)
    )


def person(season: Season, line: dict[str, Any], password_hash: str) -> None:
    """A member with mandate and roles; an earlier season's member is used again as it stands."""
    present = db.session.scalar(select(Member).where(Member.email == line["email"]))
    seat = season.institution.get(line.get("institution", ""))
    if present is not None:
        season.member[line["key"]] = present
        held = db.session.scalars(select(Mandate).where(Mandate.member_id == present.id)).first()
        if held:
            season.mandate[line["key"]] = held
        return
    begins = line.get("mandate_from_days", LONG_AGO)
    ends = line.get("mandate_to_days")
    member = season.member[line["key"]] = add(
        Member(
            email=line["email"],
            name=line["name"],
            sort_key=sort_key(line["name"]),
            affiliation=line.get("affiliation"),
            title=None if seat else line["title"],
            password_hash=password_hash,
            created_at=clock.day_begins(season.day(begins)),
            origin=Origin.INVENTED,
        )
    )
    if seat:
        season.mandate[line["key"]] = add(
            Mandate(
                member_id=member.id,
                institution_id=seat.id,
                title=line["title"],
                starts_on=season.day(begins),
                ends_on=None if ends is None else season.day(ends),
            )
        )
    for role in line["roles"]:
        add(Role(member_id=member.id, kind=RoleKind(role), starts_on=season.day(begins)))
