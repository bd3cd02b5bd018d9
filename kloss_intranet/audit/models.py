"""One entry for each thing done; nothing here is ever changed or removed."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base


class AuditEntry(Base):
    """`hash` covers this entry and `previous`, the hash of the entry before it."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_member", "member_id", "id"),
        Index("ix_audit_entries_act", "act", "id"),
        Index("ix_audit_entries_subject", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    member_id: Mapped[int | None]
    act: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    whence: Mapped[str | None]
    """The network address that asked, or the command that ran; None in entries from before it was kept."""
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
