"""The rules of the door: passwords, sessions, links that work once, and how often one may try."""

import hmac
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, func, select, update

from ..audit.services import record
from ..core import clock
from ..core.db import db
from ..core.swedish import sort_key
from ..core.words import Refusal, text
from ..members.models import Member
from . import queries
from .models import EntryLink, FailedTry, LinkKind, Session

SESSION_LIFE = timedelta(days=14)
LINK_LIFE = {LinkKind.INVITATION: timedelta(days=14), LinkKind.RECOVERY: timedelta(hours=2)}
WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 100  # many share an address behind a university's gateway
SHORTEST, LONGEST = 12, 128
COMMON = ("password", "lösenord", "qwerty", "asdfgh", "abcdef", "letmein", "välkommen", "welcome", "klossnet")

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Checked when there is no account, so that the answer takes as long as when there is one.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$zhZAUFjveP237nBlRrJX8w$REqDUe1cNrMoOHm5xKpUsH2mcHYOlUL07aEXzT8WTQo"


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def verify(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one; as slow when there is none to compare with."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (Argon2Error, InvalidHashError):
        return False


def check_password_rule(password: str, name: str, email: str) -> None:
    """Raise Refusal unless `password` is long and not what anybody would try first."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(text("Lösenordet ska ha mellan 12 och 128 tecken."), field="password")
    core = password.casefold().strip("0123456789!?.-_ ")
    own = {part for part in (*name.casefold().split(), *email.casefold().split("@")) if len(part) > 3}
    known = own | {name.casefold(), email.casefold(), *COMMON}
    rest = core
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(set(rest)) < 4:
        raise Refusal(text("Lösenordet är för lätt att gissa. Välj ett annat."), field="password")


def start_session(member_id: int, browser: str) -> str:
    """Begin a session and give its token, which is kept nowhere but in the browser."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session = Session(
        token_hash=queries.hash_of(token),
        member_id=member_id,
        created_at=now,
        expires_at=now + SESSION_LIFE,
        browser=browser[:100],
    )
    db.session.add(session)
    db.session.flush()
    record("session.begin", f"session:{session.id}", member_id, browser=session.browser)
    return token


def refuse_sign_in(member_id: int | None) -> None:
    """Record that somebody tried to come in as the member, or under an address that nobody has.

    What was typed is not kept: people type passwords into the wrong field.
    """
    record("session.refuse", f"member:{member_id}" if member_id else "member:unknown")


def end_session(session_id: int, by: int) -> None:
    """End one session; it stays in the table as ended."""
    ended = db.session.execute(
        update(Session)
        .where(Session.id == session_id, Session.ended_at.is_(None))
        .values(ended_at=clock.now())
        .returning(Session.id)
    ).first()
    if ended:
        record("session.end", f"session:{session_id}", by)


def end_all_sessions(member_id: int, but: int | None = None) -> None:
    """End every session of the member, except the one with id `but`."""
    for session in queries.open_sessions(member_id):
        if session.id != but:
            end_session(session.id, member_id)


def keyed(secret: str, *parts: str) -> str:
    """A name for what was tried that nobody can turn back without the secret."""
    return hmac.digest(secret.encode(), "\0".join(parts).encode(), "sha256").hex()


def refuse_if_too_many(account_key: str, address_key: str) -> None:
    """Raise Refusal (429) when too many tries failed lately."""
    since = clock.now() - WINDOW
    for who, most in ((account_key, TRIES_PER_ACCOUNT), (address_key, TRIES_PER_ADDRESS)):
        recent = select(func.count()).select_from(FailedTry).where(FailedTry.who == who, FailedTry.at > since)
        if (db.session.scalar(recent) or 0) >= most:
            raise Refusal(text("För många försök. Vänta en kvart och försök igen."), status=429)


def note_failure(account_key: str, address_key: str) -> list[int]:
    """Count a try as failed and forget those that no longer matter; gives ids for `forgive`."""
    now = clock.now()
    db.session.execute(delete(FailedTry).where(FailedTry.at <= now - WINDOW))
    tries = [FailedTry(who=who, at=now) for who in (account_key, address_key)]
    db.session.add_all(tries)
    db.session.flush()
    return [failed.id for failed in tries]


def forgive(tries: list[int]) -> None:
    """Take back what `note_failure` counted: the try was right after all."""
    db.session.execute(delete(FailedTry).where(FailedTry.id.in_(tries)))


def invite(member: Member, by: int | None) -> str:
    """Make the member's invitation and give its token; an earlier one stops working."""
    token = _new_link(member, LinkKind.INVITATION)
    record("invitation.send", f"member:{member.id}", by)
    return token


def recover(member: Member) -> str:
    """Make a link for a new password and give its token; an earlier one stops working."""
    token = _new_link(member, LinkKind.RECOVERY)
    record("recovery.send", f"member:{member.id}")  # asked for by somebody who is not signed in
    return token


def accept(
    token: str, kind: LinkKind, password: str, name: str | None = None, language: str | None = None
) -> Member:
    """Spend a link: the password is set, and whoever was signed in as the member is not any more."""
    gone = Refusal(text("Länken har redan använts eller gäller inte längre."), status=410)
    link = queries.entry_link(token, kind)
    if link is None:
        raise gone
    member = link.member
    check_password_rule(password, name or member.name, member.email)
    # The update decides who was first: of two at the same time, one finds `used_at` set.
    spent = db.session.execute(
        update(EntryLink)
        .where(EntryLink.id == link.id, EntryLink.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(EntryLink.id)
    ).first()
    if spent is None:
        raise gone
    member.password_hash = hash_password(password)
    before = {"name": member.name, "language": member.language}
    member.name, member.language = name or member.name, language or member.language
    member.sort_key = sort_key(member.name)
    _close_links(member)
    end_all_sessions(member.id)
    after = {"name": member.name, "language": member.language}
    record(f"{kind}.accept", f"member:{member.id}", member.id, before=before, after=after)
    return member


def _new_link(member: Member, kind: LinkKind) -> str:
    _close_links(member)
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        EntryLink(
            kind=kind,
            token_hash=queries.hash_of(token),
            member_id=member.id,
            created_at=now,
            expires_at=now + LINK_LIFE[kind],
        )
    )
    db.session.flush()
    return token


def _close_links(member: Member) -> None:
    now = clock.now()
    db.session.execute(
        update(EntryLink)
        .where(EntryLink.member_id == member.id, EntryLink.used_at.is_(None), EntryLink.expires_at > now)
        .values(expires_at=now)
    )
