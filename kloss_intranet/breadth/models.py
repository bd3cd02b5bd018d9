"""An axis between two named ends, and the dots that members place on it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, link
from ..members.models import Institution
from ..questions.models import Question


class Axis(Base):
    """The two ends between which a question's dots lie; there is one at most for each question."""

    __tablename__ = "axes"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    low_end: Mapped[str]
    high_end: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    set_at: Mapped[datetime]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    removed_at: Mapped[datetime | None]

    question: Mapped[Question] = link()


class Dot(Base):
    """A place from 0 (the low end) to 100 and why; a member's latest row counts, the rest is the trail."""

    __tablename__ = "dots"
    __table_args__ = (
        CheckConstraint("place >= 0 AND place <= 100", name="on_the_axis"),
        Index("ix_dots_latest", "question_id", "member_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("axes.question_id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    signed_name: Mapped[str]
    signed_title: Mapped[str | None]
    place: Mapped[int | None]
    """None when the dot was taken away."""
    sentence: Mapped[str]
    placed_at: Mapped[datetime]

    institution: Mapped[Institution | None] = link()


class Look(Base):
    """A member chose to see the others' dots without having placed one."""

    __tablename__ = "looks"

    question_id: Mapped[int] = mapped_column(ForeignKey("axes.question_id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    looked_at: Mapped[datetime]
