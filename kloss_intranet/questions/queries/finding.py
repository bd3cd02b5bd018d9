"""Finding one question, and those of a meeting or on their way to one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import AgendaItem, Host, Meeting
from ..models import Question, QuestionState, Treatment

MEETINGS = selectinload(Question.treatments).joinedload(Treatment.agenda_item).joinedload(AgendaItem.meeting)
HOSTS = MEETINGS.selectinload(Meeting.hosts).joinedload(Host.institution)
STANDS = Question.merged_into_id.is_(None)


def exact(question_id: int) -> Question | None:
    """The question with this number, also when it has become a part of another."""
    return db.session.scalar(
        select(Question).where(Question.id == question_id).options(HOSTS, joinedload(Question.raised_by))
    )


def question(question_id: int) -> Question | None:
    """The question with every meeting that treats it, and their hosts; of one merged the kept one."""
    found = exact(question_id)
    return exact(found.merged_into_id) if found and found.merged_into_id else found


def visible(reader: Actor) -> ColumnElement[bool]:
    """The questions `reader` may read, as policy.QUESTION_READ has it; one merged is not there."""
    if reader.in_network:
        return STANDS
    if reader.reads_until is None:
        return false()
    treated = Question.treatments.any(
        Treatment.agenda_item.has(AgendaItem.meeting.has(Meeting.starts_at < reader.reads_until))
    )
    return and_(STANDS, or_(Question.raised_at < reader.reads_until, treated))


ON_THE_WAY = (
    select(Question)
    .where(Question.state.in_((QuestionState.IN_PREPARATION, QuestionState.CHOSEN)), STANDS)
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
