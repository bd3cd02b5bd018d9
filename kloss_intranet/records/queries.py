"""Reading the log: what somebody wants to see of it, page by page or as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from ..audit.models import AuditEntry
from ..core.db import db
from ..members.models import Member

PAGE = 50
BATCH = 1000
NOBODY = 0
"""Stands for entries that name no member: commands, and whoever is not signed in."""


class Group(StrEnum):
    """What an act has to do with."""

    DOOR = "door"
    STANDING = "standing"
    MODERATION = "moderation"
    EXPORTS = "exports"
    OFFICE = "office"
    MEETINGS = "meetings"
    QUESTIONS = "questions"
    THREADS = "threads"


# An act is a noun, a mark and a verb. Here stand nouns, and acts that belong elsewhere than their noun.
ACTS = {
    Group.DOOR: ("session", "password", "invitation", "recovery", "calendar"),
    Group.STANDING: ("role", "mandate", "stand-in", "guest", "meeting:admit", "meeting:dismiss"),
    Group.MODERATION: ("moderation", "report"),
    Group.EXPORTS: ("export", "needs"),
    Group.OFFICE: ("announcement", "rules", "letter"),
    Group.MEETINGS: (
        *("meeting", "programme", "agenda", "checklist", "offer", "sign-up", "attendance"),
        *("folder", "material", "minutes", "closing"),
    ),
    Group.QUESTIONS: ("question", "relevance", "breadth", "dot", "dossier", "citation"),
    Group.THREADS: ("thread", "post", "attachment"),
}


@dataclass(frozen=True)
class Wanted:
    """What the reader wants to see; None is all. `since` is included, `until` is not."""

    group: Group | None = None
    member_id: int | None = None
    subject: str | None = None
    whence: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    unseen: frozenset[str] = frozenset()
    """Subjects whose entries are not for the reader."""


def page(wanted: Wanted, *, before: int | None = None, after: int | None = None) -> list[AuditEntry]:
    """A page and one entry more, the latest first: those next before the entry `before`, or next `after`."""
    query = select(AuditEntry).where(*_where(wanted)).limit(PAGE + 1)
    if after is not None:
        rows = db.session.scalars(query.where(AuditEntry.id > after).order_by(AuditEntry.id)).all()
        return list(reversed(rows))
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(db.session.scalars(query.order_by(AuditEntry.id.desc())))


def number(wanted: Wanted) -> int:
    """How many entries there are of what is wanted."""
    counted = select(func.count()).select_from(AuditEntry).where(*_where(wanted))
    return db.session.scalar(counted) or 0


def batch(wanted: Wanted, after: int | None, last: int) -> Sequence[Any]:
    """The next entries after `after` and up to `last` with the names of members, in order, as plain rows."""
    query = (
        select(*AuditEntry.__table__.c, Member.name)
        .outerjoin(Member, Member.id == AuditEntry.member_id)
        .where(*_where(wanted), AuditEntry.id <= last)
        .order_by(AuditEntry.id)
        .limit(BATCH)
    )
    if after is not None:
        query = query.where(AuditEntry.id > after)
    return db.session.execute(query).all()


def names() -> dict[int, str]:
    """Everybody who has or has had an account, in the order of their names."""
    rows = db.session.execute(select(Member.id, Member.name).order_by(Member.sort_key, Member.id))
    return {row.id: row.name for row in rows}


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.group is not None:
        asked.append(or_(*(_is(name) for name in ACTS[wanted.group])))
        elsewhere = {name for group, names in ACTS.items() if group is not wanted.group for name in names}
        asked += [AuditEntry.act != name for name in sorted(elsewhere) if ":" in name]
    if wanted.member_id is not None:
        asked.append(AuditEntry.member_id == (wanted.member_id or None))
    if wanted.subject is not None:
        asked.append(AuditEntry.subject == wanted.subject)
    if wanted.whence is not None:
        asked.append(AuditEntry.whence == wanted.whence)
    if wanted.since is not None:
        asked.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        asked.append(AuditEntry.at < wanted.until)
    if wanted.unseen:
        asked.append(AuditEntry.subject.not_in(sorted(wanted.unseen)))
    return asked


def _is(name: str) -> ColumnElement[bool]:
    if ":" in name:
        return AuditEntry.act == name
    return or_(AuditEntry.act.startswith(f"{name}."), AuditEntry.act.startswith(f"{name}:"))
