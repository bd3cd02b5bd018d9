"""The rules of membership: one representative at a time for each institution."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select

from ..audit.services import record
from ..core import clock
from ..core.db import db
from ..core.swedish import sort_key
from ..core.words import Refusal, text
from .models import Mandate, Member, Role, RoleKind


def register(
    *, email: str, name: str, institution_id: int, title: str, starts_on: date, language: str, by: int | None
) -> Member:
    """Record a new member and the mandate. Raises Refusal when the seat or the address is taken."""
    email = checked_address(email)
    if db.session.scalar(select(Member.id).where(Member.email == email)) is not None:
        raise Refusal(text("Adressen hör redan till en medlem."), field="email")
    if _is_taken(institution_id, starts_on):
        sentence = text("Lärosätet har redan en representant då. Avsluta det uppdraget först.")
        raise Refusal(sentence, field="institution_id")
    member = Member(
        email=email,
        name=name,
        sort_key=sort_key(name),
        title=title,
        language=language,
        created_at=clock.now(),
    )
    db.session.add(member)
    db.session.flush()
    mandate = Mandate(member_id=member.id, institution_id=institution_id, title=title, starts_on=starts_on)
    db.session.add(mandate)
    db.session.flush()
    held = {"member": member.id, "institution": institution_id, "title": title, "starts_on": starts_on}
    record("mandate.begin", f"mandate:{mandate.id}", by, after=held)
    return member


# No quotation marks, lists, groups or encoded words: in a letter's To they mean something else, or nothing.
ADDRESS = re.compile(r"[\w.!#$&'*+/=^`{|}~-]+@[\w-]+(\.[\w-]+)+")


def checked_address(email: str, field: str = "email") -> str:
    """The address as it is kept. Raises Refusal about `field` when it is none."""
    email = email.strip().lower()
    if not ADDRESS.fullmatch(email):
        raise Refusal(text("Adressen ska se ut som namn@lärosäte.se."), field=field)
    return email


def newcomer(*, email: str, name: str, language: str, affiliation: str | None = None) -> Member:
    """A member without a mandate, let in for the sake of something else; the address is nobody's yet."""
    member = Member(
        email=email,
        name=name,
        sort_key=sort_key(name),
        affiliation=affiliation,
        language=language,
        created_at=clock.now(),
    )
    db.session.add(member)
    db.session.flush()
    return member


def outsider(
    *, email: str, name: str, language: str, refused: str, field: str, affiliation: str | None = None
) -> Member:
    """Who has the address, or a new account with it; for somebody let in without a part in the network.

    Raises Refusal about `field`: with the sentence `refused` when the address is a network member's.
    """
    email = checked_address(email, field)
    member = db.session.scalar(select(Member).where(Member.email == email))
    if member is None:
        return newcomer(email=email, name=name, language=language, affiliation=affiliation)
    if member.closed_at is not None:
        raise Refusal(text("Kontot med den adressen är avslutat. Fråga koordinatorn."), field=field)
    if has_part(member.id):
        raise Refusal(refused, field=field, name=member.name)
    return member


def has_part(member_id: int) -> bool:
    """Whether the member has a mandate or a role in the network today."""
    today = clock.today()
    held = (
        exists().where(
            table.member_id == member_id,
            table.starts_on <= today,
            or_(table.ends_on.is_(None), table.ends_on >= today),
        )
        for table in (Mandate, Role)
    )
    return bool(db.session.scalar(select(or_(*held))))


@dataclass(frozen=True)
class Errand:
    """What an invitation is about, said in the place of the usual welcome.

    `key` is the letter's, `path` the page it tells of.
    """

    key: str
    subject: str
    said: tuple[str, ...]
    path: str


Inviter = Callable[[Member, int | None, Errand | None], None]
_inviters: list[Inviter] = []


def invites(inviter: Inviter) -> Inviter:
    """Register a function that sends a new member the way to an account; the area of the door does."""
    if inviter not in _inviters:
        _inviters.append(inviter)
    return inviter


def invite(member: Member, by: int | None, errand: Errand | None = None) -> None:
    """Have the member invited by whoever keeps the door; for areas below it."""
    for inviter in _inviters:
        inviter(member, by, errand)


def end_mandate(mandate: Mandate, ends_on: date, by: int | None) -> None:
    """Set the last day of a mandate; a seat in the steering group ends with it.

    Raises Refusal when the day lies before the first, or in a successor's mandate.
    """
    if ends_on < mandate.starts_on:
        raise Refusal(text("Sista dagen kan inte ligga före den första."), field="ends_on")
    if _is_taken(mandate.institution_id, mandate.starts_on, ends_on, but=mandate.id):
        raise Refusal(text("Någon annan är lärosätets representant den dagen."), field="ends_on")
    before, mandate.ends_on = mandate.ends_on, ends_on
    ended = select(Role).where(
        Role.member_id == mandate.member_id,
        Role.kind.in_((RoleKind.STEERING, RoleKind.CONVENOR)),
        Role.starts_on <= ends_on,
        or_(Role.ends_on.is_(None), Role.ends_on > ends_on),
    )
    for role in db.session.scalars(ended.order_by(Role.id)).all():
        was, role.ends_on = {"kind": role.kind, "ends_on": role.ends_on}, ends_on
        now = {"kind": role.kind, "ends_on": ends_on}
        record("role.end", f"member:{mandate.member_id}", by, before=was, after=now)
    whose = {"member": mandate.member_id, "institution": mandate.institution_id}
    record(
        "mandate.end",
        f"mandate:{mandate.id}",
        by,
        **whose,
        before={"ends_on": before},
        after={"ends_on": ends_on},
    )


def _is_taken(institution_id: int, first: date, last: date | None = None, but: int | None = None) -> bool:
    """Whether another mandate than `but` holds the seat some day from `first` to `last` (None: for good)."""
    clash = select(Mandate.id).where(
        Mandate.institution_id == institution_id, or_(Mandate.ends_on.is_(None), Mandate.ends_on >= first)
    )
    if last is not None:
        clash = clash.where(Mandate.starts_on <= last)
    if but is not None:
        clash = clash.where(Mandate.id != but)
    return db.session.scalar(clash.limit(1)) is not None
