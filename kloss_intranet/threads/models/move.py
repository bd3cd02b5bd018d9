"""Where a post or a thread stood before it was moved, so that a pointer can stand there."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, link
from .post import Post
from .thread import Thread


class PostMove(Base):
    """The post stood in `thread_id` at `seq`, which is never used again."""

    __tablename__ = "post_moves"
    __table_args__ = (UniqueConstraint("thread_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    seq: Mapped[int]
    posted_at: Mapped[datetime]
    """Of the post; the pointer stands on the side of the meeting where the post stood."""
    moved_at: Mapped[datetime]

    post: Mapped[Post] = link()


class ThreadMove(Base):
    """The thread belonged to another meeting until `moved_at`."""

    __tablename__ = "thread_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    moved_at: Mapped[datetime]

    thread: Mapped[Thread] = link()
