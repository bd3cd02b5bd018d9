"""Putting a question on the agenda of a coming meeting, which makes it a chosen one."""

from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import AgendaItem, Meeting
from ...planning.queries import meeting_again
from ...planning.services import agenda, turns
from ...planning.services.agenda import Item
from ...questions import services as questions
from ...questions.models import Change, Question, Treatment

ALREADY = text("Frågan står redan på dagordningen.")


def place(
    meeting: Meeting,
    question: Question,
    by: int,
    *,
    minutes: int | None,
    responsible: str | None,
    programme_item_id: int | None,
) -> tuple[AgendaItem, Change | None]:
    """An item more for the question, last in its part; one that was prepared or rested becomes chosen.

    Raises Refusal when it stands there already or is too long.
    """
    if meeting.ends_at <= clock.now():
        raise Refusal(text("Träffen har redan varit."), status=409)
    turns.wait_for_turn(meeting)
    meeting = meeting_again(meeting)
    here = select(Treatment.question_id).join(Treatment.agenda_item)
    if db.session.scalar(
        here.where(AgendaItem.meeting_id == meeting.id, Treatment.question_id == question.id)
    ):
        raise Refusal(ALREADY, field="question", status=409)
    item = Item(
        title=question.title,
        minutes=minutes,
        responsible=responsible,
        programme_item_id=programme_item_id,
        question=question,
    )
    number = _last_in(meeting, programme_item_id)
    row = agenda.add(meeting, item, by)
    if number is not None:
        agenda.place(meeting, row, number, by)
    return row, questions.bring_back(question, by, meeting)


def _last_in(meeting: Meeting, programme_item_id: int | None) -> int | None:
    """The place before all items of later parts of the programme; None where there are none."""
    order: dict[int | None, int] = {part.id: number for number, part in enumerate(meeting.programme)}
    if programme_item_id not in order:
        return None
    own = order[programme_item_id]
    later = (n for n, item in enumerate(meeting.agenda, 1) if order.get(item.programme_item_id, own) > own)
    return next(later, None)
