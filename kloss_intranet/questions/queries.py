"""Finding questions, with the meetings that have treated them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ..core.db import db
from ..core.policy import Actor
from ..meetings.models import AgendaItem, Host, Meeting
from .models import Question, QuestionState, Treatment

MEETINGS = selectinload(Question.treatments).joinedload(Treatment.agenda_item).joinedload(AgendaItem.meeting)
HOSTS = MEETINGS.selectinload(Meeting.hosts).joinedload(Host.institution)


def question(question_id: int) -> Question | None:
    """The question with every meeting that treats it, and their hosts."""
    return db.session.scalar(select(Question).where(Question.id == question_id).options(HOSTS))


def visible(reader: Actor) -> ColumnElement[bool]:
    """The questions `reader` may read, as policy.QUESTION_READ has it."""
    if reader.in_network:
        return true()
    if reader.reads_until is None:
        return ~true()
    treated = Question.treatments.any(
        Treatment.agenda_item.has(AgendaItem.meeting.has(Meeting.starts_at < reader.reads_until))
    )
    return or_(Question.raised_at < reader.reads_until, treated)


def index(reader: Actor) -> Sequence[Question]:
    """The visible questions with the meetings that treat them."""
    return db.session.scalars(select(Question).where(visible(reader)).options(MEETINGS)).all()


ON_THE_WAY = (
    select(Question)
    .where(Question.state.in_((QuestionState.IN_PREPARATION, QuestionState.CHOSEN)))
    .order_by(Question.id)
)


def on_the_way(reader: Actor) -> Sequence[Question]:
    """The visible questions that are being prepared, by themselves."""
    return db.session.scalars(ON_THE_WAY if reader.in_network else ON_THE_WAY.where(visible(reader))).all()


def of_meeting(meeting_id: int) -> Sequence[Treatment]:
    """The questions on a meeting's agenda, in the order of the agenda."""
    return db.session.scalars(
        select(Treatment)
        .join(Treatment.agenda_item)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
        .options(contains_eager(Treatment.agenda_item), joinedload(Treatment.question))
    ).all()
