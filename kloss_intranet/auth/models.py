"""Sessions, single-use links and failed tries; secrets are kept as hashes only."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..members.models import Member


class Session(Base):
    """One signed-in browser; it is over when `ended_at` is set or `expires_at` has passed."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str]


class LinkKind(enum.StrEnum):
    INVITATION = "invitation"
    RECOVERY = "recovery"


class EntryLink(Base):
    """A link that lets its holder choose a password, once."""

    __tablename__ = "entry_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(choice(LinkKind))
    token_hash: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    member: Mapped[Member] = link()


class FailedTry(Base):
    """A sign-in that failed; `who` is a keyed hash of the address tried, or of where it came from."""

    __tablename__ = "failed_tries"
    __table_args__ = (Index("ix_failed_tries_recent", "who", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    at: Mapped[datetime]
