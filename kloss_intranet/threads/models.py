"""Threads of a meeting, the posts in them, and how far each member has read."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..meetings.models import Meeting
from ..members.models import Institution, Member
from ..questions.models import Question
from ..themes.models import Theme


class Audience(enum.StrEnum):
    NETWORK = "network"
    STEERING = "steering"


class Aspect(enum.StrEnum):
    DRIVER = "driver"
    INCENTIVE = "incentive"
    METHOD = "method"


class Factor(enum.StrEnum):
    HELPING = "helping"
    HINDERING = "hindering"
    NEITHER = "neither"


class Relation(enum.StrEnum):
    SIMILAR = "similar"
    OPPOSITE = "opposite"
    OTHER_CONDITIONS = "other_conditions"
    ASKS = "asks"


class PostKind(enum.StrEnum):
    EXPERIENCE = "experience"
    REPLY = "reply"


class Thread(Base):
    """`last_seq` and `last_posted_at` are stored, so that lists never count posts."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_lately", "meeting_id", "last_posted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    audience: Mapped[Audience] = mapped_column(choice(Audience), default=Audience.NETWORK)
    title: Mapped[str]
    introduction: Mapped[str | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_posted_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = link()
    theme: Mapped[Theme] = link()
    question: Mapped[Question | None] = link()

    @property
    def known_at(self) -> datetime:
        return self.opened_at


class Post(Base):
    """`seq` counts from 1 within the thread and is never used twice; the signature is as of `posted_at`."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("thread_id", "seq"),
        UniqueConstraint("member_id", "submission"),
        CheckConstraint("(kind = 'experience') = (aspect IS NOT NULL)", name="aspect_given"),
        CheckConstraint("(kind = 'reply') = (parent_id IS NOT NULL)", name="parent_given"),
        Index("ix_posts_institution", "institution_id", "posted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    seq: Mapped[int]
    root_seq: Mapped[int]
    """The `seq` of the experience that the conversation began with; its own for an experience."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    kind: Mapped[PostKind] = mapped_column(choice(PostKind))
    relation: Mapped[Relation | None] = mapped_column(choice(Relation))
    aspect: Mapped[Aspect | None] = mapped_column(choice(Aspect))
    factor: Mapped[Factor | None] = mapped_column(choice(Factor))
    context: Mapped[str | None]
    body: Mapped[str]
    body_html: Mapped[str]
    policy: Mapped[int]
    posted_at: Mapped[datetime]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    signed_name: Mapped[str]
    signed_title: Mapped[str | None]
    submission: Mapped[str | None]
    """The form's own key: sent twice, it makes one post."""

    thread: Mapped[Thread] = link()
    member: Mapped[Member] = link()
    institution: Mapped[Institution | None] = link()

    @property
    def audience(self) -> Audience:
        return self.thread.audience

    @property
    def known_at(self) -> datetime:
        return self.posted_at


class Reading(Base):
    """How far a member has read in a thread: up to and with `seq`."""

    __tablename__ = "readings"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    seq: Mapped[int]
