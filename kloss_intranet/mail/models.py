"""The outbox: one row for each letter, written in the transaction of what it tells."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base


class Letter(Base):
    """`key` names the event and the reader, so that one event makes one letter."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_waiting", "sent_at", "due_at"),
        Index("ix_letters_unseen", "member_id", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    address: Mapped[str]
    subject: Mapped[str]
    plain: Mapped[str]
    html: Mapped[str]
    language: Mapped[str]
    conversation: Mapped[str | None]
    """The Message-ID that this letter's conversation hangs from."""
    calendar: Mapped[str | None]
    """An iCalendar text that goes along as a part of its own, read by the reader's calendar."""
    path: Mapped[str | None]
    """The page that the letter tells of; with one, it is a line on the reader's home page until seen."""
    seen_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
