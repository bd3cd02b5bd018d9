"""What hosts have to do: a list counted back from the meeting's first day."""

from datetime import date, timedelta

from sqlalchemy import select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting
from ...meetings.queries import NAMED
from ..models import HostTask
from .turns import Clash, digest, read_again, reorder, wait_for_turn

FIRST = (
    (180, text("Boka lokaler för träffen")),
    (150, text("Välj studiebesök och tala med dem som tar emot")),
    (120, text("Boka middag")),
    (90, text("Bjud in gäster tillsammans med styrgruppen")),
    (60, text("Skriv på träffens sida hur man tar sig dit och var man kan bo")),
    (60, text("Gå igenom att alla kan vara med: hiss, hörslinga, toaletter, vägen dit")),
    (45, text("Se över program, platser och tider på träffens sida")),
    (30, text("Ordna så att man kan delta digitalt om något händer")),
    (14, text("Ge antal och specialkost till den som lagar maten")),
    (7, text("Skicka de sista praktiska uppgifterna")),
    (1, text("Gå igenom salen och tekniken på plats")),
    (-1, text("Tacka gästerna och dem som tog emot")),
    (-14, text("Skriv upp vad nästa värd behöver veta")),
)
"""The list of a meeting when no host has left one; texts of the interface, shown in the reader's language."""


def due_on(task: HostTask, meeting: Meeting) -> date:
    return meeting.starts_on - timedelta(days=task.days_before)


def is_overdue(task: HostTask, meeting: Meeting) -> bool:
    return task.done_at is None and due_on(task, meeting) < clock.today(meeting.time_zone)


def of_meeting(meeting: Meeting) -> list[HostTask]:
    found = select(HostTask).where(HostTask.meeting_id == meeting.id).order_by(HostTask.position)
    return list(db.session.scalars(found))


def latest_list(meeting: Meeting) -> Meeting | None:
    """The meeting before this one whose list can be copied: the latest that has one."""
    has_list = Meeting.id.in_(select(HostTask.meeting_id))
    found = select(Meeting).where(has_list, Meeting.starts_at < meeting.starts_at, Meeting.id != meeting.id)
    return db.session.scalar(found.order_by(Meeting.starts_at.desc()).limit(1).options(*NAMED))


def begin(meeting: Meeting, copied: Meeting | None, by: int) -> None:
    """Give a meeting a list: what the last host had to do but not who did it, or the first list."""
    wait_for_turn(meeting)
    if of_meeting(meeting):
        raise Refusal(text("Träffen har redan en checklista."), status=409)
    lines = [(task.days_before, task.title) for task in of_meeting(copied)] if copied else [*FIRST]
    for position, (days_before, title) in enumerate(lines, 1):
        db.session.add(
            HostTask(meeting_id=meeting.id, position=position, title=title, days_before=days_before)
        )
    record("checklist:begin", meeting.slug, by, copied=copied.slug if copied else None)


def mark(task: HostTask, meeting: Meeting) -> str:
    """What a form carries to say which wording it was made from; the day moves with the meeting."""
    return digest((task.title, due_on(task, meeting), task.responsible))


def check(meeting: Meeting, task: HostTask, seen: str) -> None:
    """As turns.check, of what can be typed: saying that it is done is no other wording."""
    wait_for_turn(meeting)
    read_again(task)
    if mark(task, meeting) != seen:
        raise Clash


def put(
    meeting: Meeting,
    task: HostTask | None,
    *,
    title: str,
    due: date,
    responsible: str | None,
    seen: str = "",
    by: int,
) -> HostTask:
    """Add a line, or change the one that the editor saw as `seen`; it stands where its day puts it.

    Raises Refusal, and Clash when the line is otherwise by now.
    """
    if task is None:
        wait_for_turn(meeting)
    else:
        check(meeting, task, seen)
    days_before = (meeting.starts_on - due).days
    if abs(days_before) > 1500:
        raise Refusal(text("Dagen ligger för långt från träffen."), field="due")
    rows = of_meeting(meeting)
    if task is None:
        last = max((row.position for row in rows), default=0)
        task = HostTask(meeting_id=meeting.id, position=last + 1)
        rows.append(task)
    before = _said(task) if task.id else None
    task.title, task.days_before, task.responsible = title, days_before, responsible or None
    db.session.add(task)
    db.session.flush()
    reorder(sorted(rows, key=lambda row: (-row.days_before, row.position)))
    record("checklist:edit", meeting.slug, by, task=task.id, before=before, after=_said(task))
    return task


def _said(task: HostTask) -> dict[str, object]:
    return {"title": task.title, "days_before": task.days_before, "responsible": task.responsible}


def tick(meeting: Meeting, task: HostTask, is_done: bool, by: int) -> None:
    """Say that the line is done, or that it is not; said again, it stays as it was first said."""
    if (task.done_at is not None) == is_done:
        return
    task.done_at, task.done_by_id = (clock.now(), by) if is_done else (None, None)
    record("checklist:done" if is_done else "checklist:undone", meeting.slug, by, task=task.id)


def remove(meeting: Meeting, task: HostTask, seen: str, by: int) -> None:
    """Take away the line that the editor saw as `seen`. Raises Refusal and Clash, as `put` does."""
    check(meeting, task, seen)
    record("checklist:remove", meeting.slug, by, task=task.id)
    db.session.delete(task)
