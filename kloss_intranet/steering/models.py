"""Who prepares a question, and its dossier: headings, cited passages and the steering group's own words."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..members.models import Member
from ..questions.models import Question
from ..threads.models import Post


class Preparation(Base):
    """Who in the steering group sees to a question, and what comes next; for the closed room alone."""

    __tablename__ = "preparations"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    next_step: Mapped[str | None]
    next_step_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    question: Mapped[Question] = link()
    owner: Mapped[Member | None] = link(foreign_keys="Preparation.owner_id")
    changed_by: Mapped[Member] = link(foreign_keys="Preparation.changed_by_id")


class Dossier(Base):
    """What is laid before the members about one question."""

    __tablename__ = "dossiers"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), unique=True)
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    version: Mapped[int] = mapped_column(default=1)
    """Counts every change of parts and their order; a move in an older order is refused."""

    question: Mapped[Question] = link()
    parts: Mapped[list["Part"]] = link(order_by="Part.position", back_populates="dossier")


class PartKind(enum.StrEnum):
    HEADING = "heading"
    WORDS = "words"
    PASSAGE = "passage"


class Part(Base):
    """A heading, a paragraph of connecting words, or a cited passage (then `citation` holds it)."""

    __tablename__ = "dossier_parts"
    __table_args__ = (Index("ix_dossier_parts_order", "dossier_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    position: Mapped[int]
    kind: Mapped[PartKind] = mapped_column(choice(PartKind))
    body: Mapped[str]
    """A heading, or words, as plain text; empty for a passage."""
    body_html: Mapped[str]
    policy: Mapped[int]
    is_steering: Mapped[bool] = mapped_column(default=False)
    """Marked as the steering group's own words."""
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    removed_at: Mapped[datetime | None]

    dossier: Mapped[Dossier] = link(back_populates="parts")
    citation: Mapped["Citation | None"] = link(back_populates="part")
    written_by: Mapped[Member] = link()


class Citation(Base):
    """A passage of a post as it stood in its `post_version`; the signature is the post's own."""

    __tablename__ = "citations"
    __table_args__ = (UniqueConstraint("part_id"), CheckConstraint("passage <> ''", name="passage_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("dossier_parts.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    post_version: Mapped[int]
    passage: Mapped[str]
    picked_at: Mapped[datetime]
    picked_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    settled_version: Mapped[int | None]
    """The version of a changed post at which the steering group chose to keep the passage as it was."""

    part: Mapped[Part] = link(back_populates="citation")
    post: Mapped[Post] = link()


class Objection(Base):
    """An author asks that a passage be left out; it stays on record when it is answered."""

    __tablename__ = "citation_objections"

    citation_id: Mapped[int] = mapped_column(ForeignKey("citations.id"), primary_key=True)
    reason: Mapped[str | None]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    is_granted: Mapped[bool | None]
    answer: Mapped[str | None]
    """Why the steering group lets the passage stand."""

    citation: Mapped[Citation] = link()


class Edition(Base):
    """A dossier as published: `content` lists its parts then; later drafting changes nothing for readers.

    A passage is drawn from it only while its post still stands, may be quoted and is not left out.
    """

    __tablename__ = "dossier_editions"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    number: Mapped[int]
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    dossier: Mapped[Dossier] = link()
    published_by: Mapped[Member] = link()
