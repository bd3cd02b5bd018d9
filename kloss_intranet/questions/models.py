"""A question through its states, and the agenda items of every meeting that treated it."""

import enum
from datetime import UTC, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..meetings.models import AgendaItem
from ..members.models import Origin


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

    treatments: Mapped[list["Treatment"]] = link(back_populates="question")

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
