"""Reading who a session belongs to, accounts, links and sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, literal, or_, select
from sqlalchemy.orm import joinedload

from ..core import clock
from ..core.db import UtcDateTime, db
from ..core.policy import Actor
from ..meetings.models import Admission, AdmissionKind
from ..members.models import Mandate, Member, Role, in_force
from .models import EntryLink, LinkKind, Session


@dataclass(frozen=True)
class Account:
    """What sign-in needs to know of a member."""

    member_id: int
    password_hash: str | None


def hash_of(token: str) -> str:
    """How a token is kept: it is long and random, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def actor(token: str) -> Actor | None:
    """Whose session `token` is, with what they are today; None when it has expired or was ended."""
    return _today(_BY_TOKEN, {"hash": hash_of(token), "now": clock.now()}, token)


def actor_of(member_id: int) -> Actor | None:
    """What the member is today, without a session; None when the account is closed."""
    return _today(_BY_NUMBER, {"member": member_id}, "")


def _today(found: Select[*tuple[Any, ...]], asked: dict[str, Any], token: str) -> Actor | None:
    today = clock.today()
    rows = db.session.execute(found, asked | {"today": today}).all()
    if not rows:
        return None
    session_id, member_id, name, title, language = rows[0][:5]
    seats = dict.fromkeys(_Seat(*row[5:10]) for row in rows if row[5] is not None)
    held = next((seat for seat in seats if in_force(seat.starts_on, seat.ends_on, today)), None)
    return Actor(
        token=token,
        session_id=session_id,
        member_id=member_id,
        name=name,
        title=held.title if held else title,
        language=language,
        mandate_id=held.id if held else None,
        institution_id=held.institution_id if held else None,
        roles=frozenset(row[10].value for row in rows if row[10] is not None),
        hosted=frozenset(row[11] for row in rows if row[12] is AdmissionKind.HOST),
        invited=frozenset(row[11] for row in rows if row[12] is AdmissionKind.GUEST),
        standing_in=frozenset(row[11] for row in rows if row[12] is AdmissionKind.STAND_IN),
        reads_until=None if held else _reads_until([seat.ends_on for seat in seats], today),
    )


_PERSON = (Member.id, Member.name, Member.title, Member.language)
_SEAT = (Mandate.id, Mandate.institution_id, Mandate.title, Mandate.starts_on, Mandate.ends_on)
_TODAY = bindparam("today", type_=Date())


def _with_all(found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        found.add_columns(*_SEAT, Role.kind, Admission.meeting_id, Admission.kind)
        .outerjoin(Mandate, Mandate.member_id == Member.id)
        .outerjoin(
            Role,
            and_(
                Role.member_id == Member.id,
                Role.starts_on <= _TODAY,
                or_(Role.ends_on.is_(None), Role.ends_on >= _TODAY),
            ),
        )
        .outerjoin(Admission, and_(Admission.member_id == Member.id, Admission.ends_on >= _TODAY))
        .where(Member.closed_at.is_(None))
        .order_by(Mandate.starts_on)
    )


# Every page asks, so they are built once.
_BY_TOKEN = _with_all(
    select(Session.id, *_PERSON)
    .join(Member, Member.id == Session.member_id)
    .where(
        Session.token_hash == bindparam("hash"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("now", type_=UtcDateTime()),
    )
)
_BY_NUMBER = _with_all(select(literal(0), *_PERSON).where(Member.id == bindparam("member")))


@dataclass(frozen=True)
class _Seat:
    """A mandate as a plain row: every page asks, so no entity is made."""

    id: int
    institution_id: int
    title: str
    starts_on: date
    ends_on: date | None


def _reads_until(ends: list[date | None], today: date) -> datetime | None:
    past = [end for end in ends if end and end < today]
    return clock.day_ends(max(past)) if past else None


def account(email: str) -> Account | None:
    """The open account with this address."""
    row = db.session.execute(
        select(Member.id, Member.password_hash).where(Member.email == email, Member.closed_at.is_(None))
    ).one_or_none()
    return Account(row[0], row[1]) if row else None


def member(member_id: int) -> Member | None:
    """The member, if the account is open."""
    return db.session.scalar(select(Member).where(Member.id == member_id, Member.closed_at.is_(None)))


def entry_link(token: str, kind: LinkKind) -> EntryLink | None:
    """The link with its member, if it can still be used."""
    return db.session.scalar(
        select(EntryLink)
        .join(EntryLink.member)
        .options(joinedload(EntryLink.member))
        .where(
            EntryLink.token_hash == hash_of(token),
            EntryLink.kind == kind,
            EntryLink.used_at.is_(None),
            EntryLink.expires_at > clock.now(),
            Member.closed_at.is_(None),
        )
    )


def link_has_been(token: str, kind: LinkKind) -> bool:
    """Whether there was ever such a link."""
    found = select(EntryLink.id).where(EntryLink.token_hash == hash_of(token), EntryLink.kind == kind)
    return db.session.scalar(found) is not None


def open_invitations() -> list[EntryLink]:
    """Invitations that wait for an answer, with their members; the newest first."""
    return list(
        db.session.scalars(
            select(EntryLink)
            .options(joinedload(EntryLink.member))
            .where(
                EntryLink.kind == LinkKind.INVITATION,
                EntryLink.used_at.is_(None),
                EntryLink.expires_at > clock.now(),
            )
            .order_by(EntryLink.id.desc())
        )
    )


def open_sessions(member_id: int) -> list[Session]:
    """Where the member is signed in; the newest first."""
    return list(
        db.session.scalars(
            select(Session)
            .where(
                Session.member_id == member_id, Session.ended_at.is_(None), Session.expires_at > clock.now()
            )
            .order_by(Session.id.desc())
        )
    )


def open_session(session_id: int) -> Session | None:
    """The session, if it has not ended."""
    return db.session.scalar(
        select(Session).where(
            Session.id == session_id, Session.ended_at.is_(None), Session.expires_at > clock.now()
        )
    )
