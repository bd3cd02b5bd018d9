"""Answering for the parts of a programme, and the queue where seats are few."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting, MeetingState, ProgrammeItem
from .. import queries
from ..models import Answer, SignUp

LATE = text("Anmälan till %(part)s har stängt. Fråga %(whom)s om du behöver ändra.")


def answer(
    meeting: Meeting,
    member_id: int,
    institution_id: int | None,
    answers: Mapping[int, bool],
    *,
    by: int,
    late: str | None,
) -> list[SignUp]:
    """Set whether the member comes to each programme item; gives the seats that others got by it.

    Only what differs from before is changed. With `late`, naming whom to ask, a part that has closed is
    refused; None lets those who arrange the meeting change it all the same. Raises Refusal.
    """
    items = locked(meeting.id)
    if not items or (late is not None and meeting.state is not MeetingState.OPEN):
        raise Refusal(text("Träffen tar inte emot anmälningar."))
    own = {row.programme_item_id: row for row in _of(member_id, items)}
    changed = {number: comes for number, comes in answers.items() if _differs(own.get(number), comes)}
    now = clock.now()
    before = {number: own[number].answer if number in own else None for number in changed}
    for number in changed:
        item = items.get(number)
        if item is None:
            raise Refusal(text("Delen tar inte längre emot anmälningar. Ladda om sidan."))
        if late is not None and not queries.takes(item, meeting, now):
            raise Refusal(LATE, field=f"part_{number}", part=item.title, whom=late)
    for number, comes in changed.items():
        row = own.get(number)
        if row is None:
            row = SignUp(programme_item_id=number, member_id=member_id)
            db.session.add(row)
        row.institution_id = institution_id
        # Everyone who wants to come joins the queue; `fill` then gives what seats there are, in its order.
        row.answer = Answer.WAITING if comes else Answer.NOT_COMING
        row.queued_at = row.answered_at = now
    if changed:
        record("sign-up.answer", meeting.slug, by, member=member_id, before=before, after={**changed})
    given = [seat for number in changed for seat in fill(items[number])]
    return [seat for seat in given if seat.member_id != member_id]


def locked(meeting_id: int) -> dict[int, ProgrammeItem]:
    """The items that take sign-ups, nobody else's to change until the transaction ends.

    SQLite has one writer anyway.
    """
    rows = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.meeting_id == meeting_id, ProgrammeItem.takes_sign_ups)
        .order_by(ProgrammeItem.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {item.id: item for item in rows}


def fill(item: ProgrammeItem) -> list[SignUp]:
    """Give free seats to those who have waited longest, and tell which they are; the item is locked.

    Who may not come any more keeps the place in the queue, and is passed over.
    """
    db.session.flush()
    may_come = queries.reaches(item.meeting_id, SignUp.member_id, clock.today())
    queue = (
        select(SignUp)
        .where(SignUp.programme_item_id == item.id, SignUp.answer == Answer.WAITING, may_come)
        .order_by(SignUp.queued_at, SignUp.id)
        .execution_options(populate_existing=True)
    )
    if item.capacity is not None:
        taken = db.session.scalar(
            select(func.count())
            .select_from(SignUp)
            .where(SignUp.programme_item_id == item.id, SignUp.answer == Answer.COMING)
        )
        queue = queue.limit(max(item.capacity - (taken or 0), 0))
    given = list(db.session.scalars(queue))
    for seat in given:
        seat.answer = Answer.COMING
    db.session.flush()
    return given


def hand_over(meeting_id: int, giver_id: int, taker_id: int) -> None:
    """Let one member have the seats and places in the queue that another had at the meeting."""
    items = locked(meeting_id)
    at_meeting = SignUp.programme_item_id.in_(items)
    db.session.execute(delete(SignUp).where(at_meeting, SignUp.member_id == taker_id))
    db.session.execute(
        update(SignUp).where(at_meeting, SignUp.member_id == giver_id).values(member_id=taker_id)
    )


def comes_to_some(meeting_id: int, member_id: int) -> bool:
    """Whether the member comes to, or waits for, any part of the meeting."""
    wanted = (
        select(SignUp.id)
        .join(ProgrammeItem, ProgrammeItem.id == SignUp.programme_item_id)
        .where(
            ProgrammeItem.meeting_id == meeting_id,
            SignUp.member_id == member_id,
            SignUp.answer != Answer.NOT_COMING,
        )
    )
    return db.session.scalar(wanted.limit(1)) is not None


def _of(member_id: int, items: Mapping[int, ProgrammeItem]) -> list[SignUp]:
    return list(
        db.session.scalars(
            select(SignUp)
            .where(SignUp.member_id == member_id, SignUp.programme_item_id.in_(items))
            .execution_options(populate_existing=True)
        )
    )


def _differs(before: SignUp | None, comes: bool) -> bool:
    return before is None or (before.answer is not Answer.NOT_COMING) is not comes
