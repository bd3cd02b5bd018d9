"""An announcement, and whom it was sent to."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..meetings.models import Meeting
from ..members.models import Member


class Circle(enum.StrEnum):
    """To whom."""

    ALL = "all"
    MEETING = "meeting"
    """Those who have signed up for `meeting_id`, or come to it in another capacity."""
    STEERING = "steering"


class Announcement(Base):
    """A draft until `sent_at`; what has been sent is not changed."""

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("written_by_id", "submission"),
        CheckConstraint("(circle = 'meeting') = (meeting_id IS NOT NULL)", name="meeting_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    policy: Mapped[int]
    circle: Mapped[Circle] = mapped_column(choice(Circle))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    written_at: Mapped[datetime]
    submission: Mapped[str | None]
    """The form's own key: sent twice, it makes one draft."""
    version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    meeting: Mapped[Meeting | None] = link()
    written_by: Mapped[Member] = link(foreign_keys=written_by_id)
    readers: Mapped[list["Addressed"]] = link()

    @property
    def reader_ids(self) -> set[int]:
        """To whom it went; empty for a draft."""
        return {reader.member_id for reader in self.readers}


class Addressed(Base):
    """The member was among those to whom the announcement went."""

    __tablename__ = "announcement_readers"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, index=True)
