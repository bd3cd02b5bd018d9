"""A post, its earlier wordings, and what it refers to."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, and_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, choice, link
from ...members.models import Institution, Member
from .thread import Audience, Thread


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


class Post(Base):
    """`seq` counts from 1 within the thread and is never used twice; the signature is as of `posted_at`."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("thread_id", "seq"),
        UniqueConstraint("member_id", "submission"),
        CheckConstraint("(kind = 'experience') = (aspect IS NOT NULL)", name="aspect_given"),
        CheckConstraint("(kind = 'reply') = (parent_id IS NOT NULL)", name="parent_given"),
        Index("ix_posts_institution", "institution_id", "posted_at"),
        Index("ix_posts_member", "member_id", "thread_id", "posted_at"),
        Index("ix_posts_aspect", "thread_id", "aspect", "seq"),
        Index("ix_posts_relation", "thread_id", "relation", "seq"),
        Index("ix_posts_thread_institution", "thread_id", "institution_id", "seq"),
        Index(
            "ix_posts_milestone",
            "thread_id",
            "posted_at",
            sqlite_where=text("milestone IS NOT NULL"),
            postgresql_where=text("milestone IS NOT NULL"),
        ),
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
    """The wording as plain text: for excerpts, letters, comparisons and writing without scripts."""
    body_html: Mapped[str]
    policy: Mapped[int]
    posted_at: Mapped[datetime]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    signed_name: Mapped[str]
    signed_title: Mapped[str | None]
    as_guest: Mapped[bool] = mapped_column(default=False)
    """Written by a guest of the meeting; `signed_title` then holds where they come from."""
    submission: Mapped[str | None]
    """The form's own key: sent twice, it makes one post."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts wordings, quiet ones too; an edit of an older version is refused."""
    edited_at: Mapped[datetime | None]
    """When the wording was last changed after the quiet minutes."""
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    """Since when a coordinator has taken it out of sight; why is on record in moderation."""
    milestone: Mapped[str | None]
    """What a coordinator has called this place in the thread, to find it again."""
    not_for_quoting: Mapped[bool] = mapped_column(default=False)
    """The author wants no passage in a dossier, a briefing or an export."""

    thread: Mapped[Thread] = link()
    member: Mapped[Member] = link()
    institution: Mapped[Institution | None] = link()

    @hybrid_property
    def stands(self) -> bool:
        """Whether its words are there to be read: neither withdrawn nor hidden."""
        return self.withdrawn_at is None and self.hidden_at is None

    @stands.inplace.expression
    @classmethod
    def _stands(cls) -> ColumnElement[bool]:
        return and_(cls.withdrawn_at.is_(None), cls.hidden_at.is_(None))

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def audience(self) -> Audience:
        return self.thread.audience

    @property
    def known_at(self) -> datetime:
        """When whoever reads the thread could first read it there: it may have been moved to a later one."""
        return max(self.posted_at, self.thread.known_at)

    @property
    def closed_at(self) -> datetime | None:
        return self.thread.closed_at

    @property
    def for_guests(self) -> bool:
        return self.thread.for_guests

    @property
    def meeting_id(self) -> int:
        return self.thread.meeting_id


class Revision(Base):
    """An earlier wording of a post, as it stood from `written_at` until it was changed."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("post_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    number: Mapped[int]
    body: Mapped[str]
    body_html: Mapped[str]
    policy: Mapped[int]
    relation: Mapped[Relation | None] = mapped_column(choice(Relation))
    aspect: Mapped[Aspect | None] = mapped_column(choice(Aspect))
    factor: Mapped[Factor | None] = mapped_column(choice(Factor))
    context: Mapped[str | None]
    written_at: Mapped[datetime]


class ReferenceKind(enum.StrEnum):
    THREAD = "thread"
    POST = "post"
    MEETING = "meeting"
    QUESTION = "question"
    MEMBER = "member"
    INSTITUTION = "institution"


class Reference(Base):
    """A post links to a page of ours: backlinks, quotes (`is_quote`) and mentions are read from here."""

    __tablename__ = "post_references"
    __table_args__ = (
        UniqueConstraint("post_id", "kind", "target_id"),
        Index("ix_post_references_target", "kind", "target_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    kind: Mapped[ReferenceKind] = mapped_column(choice(ReferenceKind))
    target_id: Mapped[int]
    is_quote: Mapped[bool] = mapped_column(default=False)

    post: Mapped[Post] = link()
