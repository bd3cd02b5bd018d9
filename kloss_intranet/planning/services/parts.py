"""The parts of a meeting's programme."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from ...attendance.models import Answer, SignUp
from ...attendance.services import seats
from ...audit.services import record
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting, ProgrammeItem, ProgrammeKind
from .facts import check_editable, is_within
from .turns import check, read_again, reorder, wait_for_turn


@dataclass(frozen=True)
class Part:
    """All of a part that can be typed."""

    kind: ProgrammeKind
    title: str
    place: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    description: str | None = None
    takes_sign_ups: bool = False
    capacity: int | None = None
    sign_up_by: datetime | None = None


SHOWN = {"title", "place", "starts_at", "ends_at"}
"""What calendars show of a part."""


def add(meeting: Meeting, part: Part, by: int) -> ProgrammeItem:
    """One part more, in its place by the clock. Raises Refusal."""
    wait_for_turn(meeting)
    check_editable(meeting)
    _check_times(meeting, part)
    row = ProgrammeItem(meeting_id=meeting.id, position=_last(meeting) + 1, **asdict(part))
    db.session.add(row)
    db.session.flush()
    _sort(meeting)
    meeting.sequence += 1
    record("programme:add", meeting.slug, by, part=row.id, after=asdict(part))
    return row


def revise(meeting: Meeting, row: ProgrammeItem, part: Part, *, seen: str, by: int) -> list[SignUp]:
    """Change a part that the editor saw as `seen`; gives the seats that those who waited got by it.

    Raises Refusal, and Clash when it is otherwise by now.
    """
    check(meeting, row, seen)
    # After the meeting and before the log: all queue in this order, so that no two wait for each other.
    seats.locked(meeting.id)
    check_editable(meeting)
    _check_times(meeting, part)
    longest = max((i.minutes or 0 for i in meeting.agenda if i.programme_item_id == row.id), default=0)
    if part.starts_at and part.ends_at and part.starts_at + timedelta(minutes=longest) > part.ends_at:
        raise Refusal(
            text("En punkt på dagordningen är %(minutes)d minuter och får inte plats i delen."),
            field="ends_time",
            minutes=longest,
        )
    _check_seats(row, part)
    wanted = asdict(part)
    changed = {name: getattr(row, name) for name, value in wanted.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, getattr(part, name))
    db.session.flush()
    _sort(meeting)
    if SHOWN & changed.keys():
        meeting.sequence += 1
    after = {name: wanted[name] for name in changed}
    record("programme:edit", meeting.slug, by, part=row.id, before=changed, after=after)
    return seats.fill(row) if row.takes_sign_ups else []


def remove(meeting: Meeting, row: ProgrammeItem, by: int) -> None:
    """Take a part away; its agenda items stay, without clock. Raises Refusal when somebody has signed up."""
    wait_for_turn(meeting)
    seats.locked(meeting.id)
    read_again(row)
    check_editable(meeting)
    if db.session.scalar(select(exists().where(SignUp.programme_item_id == row.id))):
        raise Refusal(text("Delen har anmälningar och kan inte tas bort. Ändra den i stället."), status=409)
    for item in meeting.agenda:
        if item.programme_item_id == row.id:
            item.programme_item_id = None
    db.session.flush()
    record("programme:remove", meeting.slug, by, part=row.id, title=row.title)
    db.session.delete(row)
    db.session.flush()
    _sort(meeting)
    meeting.sequence += 1


def _check_times(meeting: Meeting, row: Part) -> None:
    if row.starts_at and row.ends_at and row.ends_at <= row.starts_at:
        sentence = text("Delen måste sluta efter att den har börjat. Slutar den nästa dag, skriv den dagen.")
        raise Refusal(sentence, field="ends_time")
    if not is_within(row, meeting):
        late = row.starts_at is None or meeting.starts_at <= row.starts_at <= meeting.ends_at
        sentence = text("Delen ligger utanför träffen. Ändra träffens tider först.")
        raise Refusal(sentence, field="ends_time" if late else "starts_time")
    if row.sign_up_by and row.sign_up_by > meeting.ends_at:
        sentence = text("Sista dagen att anmäla sig ligger efter träffen.")
        raise Refusal(sentence, field="sign_up_by")


def _check_seats(row: ProgrammeItem, part: Part) -> None:
    """Nobody who has a seat loses it."""
    coming = (SignUp.programme_item_id == row.id, SignUp.answer == Answer.COMING)
    taken = db.session.scalar(select(func.count()).select_from(SignUp).where(*coming)) or 0
    if part.capacity is not None and part.capacity < taken:
        raise Refusal(text("%(taken)d har redan en plats i delen."), field="capacity", taken=taken)
    if taken and not part.takes_sign_ups:
        raise Refusal(text("Delen har redan anmälningar."), field="takes_sign_ups")


def _last(meeting: Meeting) -> int:
    """The last number in use; asked for when it is one's turn."""
    of_meeting = select(func.max(ProgrammeItem.position)).where(ProgrammeItem.meeting_id == meeting.id)
    return db.session.scalar(of_meeting) or 0


def _sort(meeting: Meeting) -> None:
    """By the clock; what has no time keeps its place after what stood before it."""
    rows = db.session.scalars(
        select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting.id).order_by(ProgrammeItem.position)
    ).all()
    timed = iter(sorted((row for row in rows if row.starts_at), key=lambda row: (row.starts_at, row.id)))
    ordered = [next(timed) if row.starts_at else row for row in rows]
    if [row.position for row in ordered] != list(range(1, len(ordered) + 1)):
        reorder(ordered)
