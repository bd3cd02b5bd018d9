"""The secret addresses under which members' calendars fetch their meetings."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base


class Feed(Base):
    """`token_hash` is the SHA-256 of the address's token, which only the member's calendar knows."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
