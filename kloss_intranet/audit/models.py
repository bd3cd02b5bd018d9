"""One entry for each thing done; nothing here is ever changed or removed."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base


class AuditEntry(Base):
    """`hash` covers this entry and `previous`, the hash of the entry before it."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    member_id: Mapped[int | None]
    act: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
