"""A thread: where a meeting, a theme and perhaps a question meet."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, choice, link
from ...meetings.models import Meeting
from ...questions.models import Question
from ...themes.models import Theme


class Audience(enum.StrEnum):
    NETWORK = "network"
    STEERING = "steering"


class Thread(Base):
    """`last_seq`, `last_posted_at` and the four tallies are stored, so that no page counts posts."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_lately", "meeting_id", "last_posted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    audience: Mapped[Audience] = mapped_column(choice(Audience), default=Audience.NETWORK)
    for_guests: Mapped[bool] = mapped_column(default=False)
    """Whether the guests of the meeting read and write here too; only for the network's threads."""
    title: Mapped[str]
    introduction: Mapped[str | None]
    write_first: Mapped[bool] = mapped_column(default=False)
    """Whether others' posts of the present phase stay folded until the reader has written."""
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closing_words: Mapped[str | None]
    """What the coordinator said when the thread was locked."""
    pinned_at: Mapped[datetime | None]
    """Since when it stands first among its meeting's threads."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"))
    """The thread that took over its posts; its address leads there."""
    last_seq: Mapped[int] = mapped_column(default=0)
    last_posted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    """Counts edits of title, introduction and terms; an edit of an older version is refused."""
    changes: Mapped[int] = mapped_column(default=0)
    """Counts all that shows on the thread's pages; drawn pages are kept under it."""
    similar: Mapped[int] = mapped_column(default=0)
    opposite: Mapped[int] = mapped_column(default=0)
    other_conditions: Mapped[int] = mapped_column(default=0)
    asks: Mapped[int] = mapped_column(default=0)
    """Replies standing in the thread by their relation; withdrawn ones are not among them."""

    meeting: Mapped[Meeting] = link()
    theme: Mapped[Theme] = link()
    question: Mapped[Question | None] = link()

    @property
    def known_at(self) -> datetime:
        return self.opened_at
