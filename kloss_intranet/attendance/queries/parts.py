"""The parts of a programme that take sign-ups: how many come, who waits, and until when one may answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...core.db import db
from ...meetings.models import Meeting, MeetingState, ProgrammeItem
from ..models import Answer, SignUp


@dataclass(frozen=True)
class Part:
    """`place` is where the member stands in the queue, 0 when not in it."""

    item: ProgrammeItem
    coming: int
    waiting: int
    own: Answer | None
    place: int
    closes_at: datetime
    is_open: bool

    @property
    def is_full(self) -> bool:
        return self.item.capacity is not None and (self.waiting > 0 or self.coming >= self.item.capacity)


def closes_at(item: ProgrammeItem, meeting: Meeting) -> datetime:
    """The last moment to answer: as set, else when the part begins."""
    return item.sign_up_by or item.starts_at or meeting.starts_at


def takes(item: ProgrammeItem, meeting: Meeting, now: datetime) -> bool:
    """Whether members may still answer for this part."""
    return meeting.state is MeetingState.OPEN and now < closes_at(item, meeting)


def parts(meeting: Meeting, member_id: int, now: datetime) -> list[Part]:
    """What takes sign-ups at the meeting, which has its programme, as `member_id` sees it."""
    items = [item for item in meeting.programme if item.takes_sign_ups]
    if not items:
        return []
    rows = db.session.execute(
        select(SignUp.programme_item_id, SignUp.member_id, SignUp.answer)
        .where(SignUp.programme_item_id.in_([item.id for item in items]))
        .order_by(SignUp.queued_at, SignUp.id)
    ).all()
    found = []
    for item in items:
        answers = [(who, answer) for number, who, answer in rows if number == item.id]
        queue = [who for who, answer in answers if answer is Answer.WAITING]
        found.append(
            Part(
                item=item,
                coming=sum(answer is Answer.COMING for _who, answer in answers),
                waiting=len(queue),
                own=dict(answers).get(member_id),
                place=queue.index(member_id) + 1 if member_id in queue else 0,
                closes_at=closes_at(item, meeting),
                is_open=takes(item, meeting, now),
            )
        )
    return found
