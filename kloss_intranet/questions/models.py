"""A question through its states: who proposed it, for whom it matters, and where it was treated."""

import enum
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..meetings.models import AgendaItem
from ..members.models import Institution, Member, Origin


class QuestionState(enum.StrEnum):
    RAISED = "raised"
    IN_PREPARATION = "in_preparation"
    CHOSEN = "chosen"
    TREATED = "treated"
    FOLLOWED_UP = "followed_up"
    RESTING = "resting"


class Question(Base):
    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    state: Mapped[QuestionState] = mapped_column(choice(QuestionState))
    reason: Mapped[str | None]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    raised_at: Mapped[datetime | None]
    origin: Mapped[Origin] = mapped_column(choice(Origin), default=Origin.NETWORK)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    """The question that this one became a part of; its proposals have moved there, its page leads there."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes of title and state; a change of an older version is refused."""

    treatments: Mapped[list["Treatment"]] = link(back_populates="question")
    proposals: Mapped[list["Proposal"]] = link(order_by="Proposal.id", back_populates="question")
    raised_by: Mapped[Member | None] = link()

    @property
    def known_at(self) -> datetime:
        """When it was raised or first treated; never, for a question that is neither."""
        instants = [treatment.agenda_item.meeting.starts_at for treatment in self.treatments]
        return min([*instants, self.raised_at or datetime.max.replace(tzinfo=UTC)])

    @property
    def is_invented(self) -> bool:
        return self.origin is Origin.INVENTED


class Treatment(Base):
    """A question on one agenda item; a question meets a meeting through these."""

    __tablename__ = "treatments"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, index=True)

    question: Mapped[Question] = link(back_populates="treatments")
    agenda_item: Mapped[AgendaItem] = link()


class Change(Base):
    """A step to another state, with the reason that members see.

    A question that has become a part of another ends with the reason for that, in the state it had.
    """

    __tablename__ = "question_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    became: Mapped[QuestionState] = mapped_column(choice(QuestionState))
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    changed_by: Mapped[Member] = link()


class Proposal(Base):
    """A member's own words for a question, signed as of `proposed_at`; kept when questions are merged."""

    __tablename__ = "question_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    title: Mapped[str]
    reason: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    signed_name: Mapped[str]
    signed_title: Mapped[str | None]
    proposed_at: Mapped[datetime]

    question: Mapped[Question] = link(back_populates="proposals")
    institution: Mapped[Institution | None] = link()


class Relevance(Base):
    """One sentence why a question matters where the member is; never counted. The latest row counts."""

    __tablename__ = "question_relevances"
    __table_args__ = (Index("ix_question_relevances_latest", "question_id", "member_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    signed_name: Mapped[str]
    signed_title: Mapped[str | None]
    sentence: Mapped[str | None]
    """None when it was taken back."""
    written_at: Mapped[datetime]

    institution: Mapped[Institution | None] = link()
