"""The agenda: its items, their order, their guests and the questions they treat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, exists, select

from ...audit.services import record
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import AgendaItem, Guest, Meeting
from ...minutes.models import Entry
from ...questions import services as questions
from ...questions.models import Question, Treatment
from .facts import check_editable
from .turns import check, read_again, reorder, wait_for_turn

COLUMNS = ("title", "minutes", "responsible", "description", "programme_item_id")


class Invited(NamedTuple):
    """A guest of an item, who needs no account."""

    name: str | None
    role: str | None
    organisation: str | None


@dataclass(frozen=True)
class Item:
    """All of an item that can be typed."""

    title: str
    minutes: int | None = None
    responsible: str | None = None
    description: str | None = None
    programme_item_id: int | None = None
    question: Question | None = None
    guests: Sequence[Invited] = ()


def add(meeting: Meeting, item: Item, by: int) -> AgendaItem:
    """One item more, last. Raises Refusal."""
    wait_for_turn(meeting)
    check_editable(meeting)
    _check_room(meeting, None, item)
    last = len(_in_order(meeting))
    row = AgendaItem(
        meeting_id=meeting.id, position=last + 1, **{name: getattr(item, name) for name in COLUMNS}
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(Guest(agenda_item_id=row.id, **guest._asdict()) for guest in item.guests)
    _treat(row, None, item.question)
    meeting.agenda_known = True
    record("agenda:add", meeting.slug, by, item=row.id, after=_said(row))
    return row


def revise(meeting: Meeting, row: AgendaItem, item: Item, *, seen: str, was: int | None, by: int) -> None:
    """Change an item that the editor saw as `seen`, treating question `was`. Raises Refusal and Clash."""
    check(meeting, row, seen)
    check_editable(meeting)
    _check_room(meeting, row, item)
    before = _said(row)
    for name in COLUMNS:
        setattr(row, name, getattr(item, name))
    if [(guest.name, guest.role, guest.organisation) for guest in row.guests] != [*item.guests]:
        _invite(row, item.guests)
    _treat(row, was, item.question)
    db.session.flush()
    record("agenda:edit", meeting.slug, by, item=row.id, before=before, after=_said(row))


def place(meeting: Meeting, row: AgendaItem, number: int, by: int) -> int:
    """Give an item the place `number` in the order, as near as there is one; gives the place it got.

    Raises Gone when somebody has removed it.
    """
    wait_for_turn(meeting)
    read_again(row)
    check_editable(meeting)
    rows = _in_order(meeting)
    others = [each for each in rows if each.id != row.id]
    number = max(1, min(number, len(rows)))
    ordered = [*others[: number - 1], row, *others[number - 1 :]]
    if ordered != rows or row.position != number:
        before = {"place": row.position}
        reorder(ordered)
        record("agenda:order", meeting.slug, by, item=row.id, before=before, after={"place": number})
    return number


def _said(row: AgendaItem) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS}


def remove(meeting: Meeting, row: AgendaItem, by: int) -> None:
    """Take an item away with its guests; the questions stay. Raises Refusal when it has minutes."""
    wait_for_turn(meeting)
    read_again(row)
    db.session.refresh(row, ["guests"])
    check_editable(meeting)
    if db.session.scalar(select(exists().where(Entry.agenda_item_id == row.id))):
        raise Refusal(text("Punkten har minnesanteckningar och kan inte tas bort."), status=409)
    # Before the log, as somebody who merges its question may hold the row.
    db.session.execute(delete(Treatment).where(Treatment.agenda_item_id == row.id))
    record("agenda:remove", meeting.slug, by, item=row.id, title=row.title)
    for guest in list(row.guests):
        db.session.delete(guest)
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
    reorder(_in_order(meeting))


def _in_order(meeting: Meeting) -> list[AgendaItem]:
    found = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def _invite(row: AgendaItem, guests: Sequence[Invited]) -> None:
    # Who has been let in stays so under the same name, or in the same place when none came or went.
    by_name = {guest.name: guest.member_id for guest in row.guests if guest.name}
    by_place = [guest.member_id for guest in row.guests] if len(row.guests) == len(guests) else []
    for guest in list(row.guests):
        db.session.delete(guest)
    db.session.flush()
    for place, new in enumerate(guests):
        known = by_name.get(new.name) if new.name in by_name else by_place[place] if by_place else None
        db.session.add(Guest(agenda_item_id=row.id, member_id=known, **new._asdict()))


def _treat(row: AgendaItem, was: int | None, question: Question | None) -> None:
    """Treat `question` in place of the one with the id `was`."""
    # Held before the item's rows and the log, in the order of those who merge two questions.
    questions.hold(*(one for one in (was, question and question.id) if one))
    if question is not None and question.id == was:
        return
    of_item = Treatment.agenda_item_id == row.id
    if was is not None:
        db.session.execute(delete(Treatment).where(of_item, Treatment.question_id == was))
    if question is not None:
        questions.put_on(row.id, question.id)


def _check_room(meeting: Meeting, row: AgendaItem | None, item: Item) -> None:
    """Raises Refusal when the item makes those of its part longer than the part; less too long is allowed."""
    part = next((each for each in meeting.programme if each.id == item.programme_item_id), None)
    if part is None or part.minutes is None or not item.minutes:
        return
    others = [i.minutes or 0 for i in meeting.agenda if i.programme_item_id == part.id and i is not row]
    over = sum(others) + item.minutes - part.minutes
    before = row.minutes or 0 if row is not None and row.programme_item_id == part.id else 0
    if item.minutes > part.minutes or (over > 0 and item.minutes > before):
        sentence = text("Delen «%(part)s» är %(long)d minuter. Med punkten blir det %(over)d för mycket.")
        raise Refusal(sentence, field="minutes", part=part.title, long=part.minutes, over=over)
