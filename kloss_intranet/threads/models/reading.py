"""What a member has read, saved for later, follows, and chose to see before writing."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, choice, link
from ...meetings.models import Phase
from .post import Post


class Reading(Base):
    """How far a member has read in a thread: up to and with `seq`."""

    __tablename__ = "readings"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    seq: Mapped[int]


class Saved(Base):
    """A post put aside to be read again, perhaps on a day."""

    __tablename__ = "saved_posts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    saved_at: Mapped[datetime]
    remind_on: Mapped[date | None]

    post: Mapped[Post] = link()


class Level(enum.StrEnum):
    """What a member is told about: every post, what is addressed to them, or nothing."""

    ALL = "all"
    MENTIONS = "mentions"
    NONE = "none"


class Following(Base):
    """A choice for one thread, meeting or theme; the nearest to the post counts, in that order."""

    __tablename__ = "followings"
    __table_args__ = (
        UniqueConstraint("member_id", "thread_id"),
        UniqueConstraint("member_id", "meeting_id"),
        UniqueConstraint("member_id", "theme_id"),
        CheckConstraint(
            "(thread_id IS NOT NULL AND meeting_id IS NULL AND theme_id IS NULL)"
            " OR (thread_id IS NULL AND meeting_id IS NOT NULL AND theme_id IS NULL)"
            " OR (thread_id IS NULL AND meeting_id IS NULL AND theme_id IS NOT NULL)",
            name="one_subject",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"), index=True)
    level: Mapped[Level] = mapped_column(choice(Level))
    changed_at: Mapped[datetime]


class Unfolding(Base):
    """A member chose to read the others of this phase without having written first."""

    __tablename__ = "unfoldings"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    phase: Mapped[Phase] = mapped_column(choice(Phase), primary_key=True)
