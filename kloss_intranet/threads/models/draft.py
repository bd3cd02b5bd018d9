"""What a member has begun to write and not published."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, choice


class Place(enum.StrEnum):
    """Where a draft belongs; each has one kind of subject."""

    EXPERIENCE = "experience"
    """In the thread `subject_id`."""
    REPLY = "reply"
    """To the post `subject_id`."""
    EDIT = "edit"
    """Of the post `subject_id`."""
    THREAD = "thread"
    """To be opened for the meeting `subject_id`."""


class Draft(Base):
    """One for each member and place, so that it can never land elsewhere."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("member_id", "place", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    place: Mapped[Place] = mapped_column(choice(Place))
    subject_id: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The form's fields by name, as sent: text and nothing else."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts savings; a saving of an older version is refused."""
    saved_at: Mapped[datetime]
