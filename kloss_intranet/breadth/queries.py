"""Reading an axis and its dots; what others have placed comes out of `seen` and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from ..core.db import db
from ..core.policy import Actor
from ..core.swedish import sort_key
from ..meetings.models import Meeting, MeetingState
from ..members.models import Institution
from ..questions import queries as questions
from ..questions.models import Question
from .models import Axis, Dot, Look


@dataclass(frozen=True)
class Strip:
    """A question, its axis if it has ever had one, and whether anybody has placed a dot on it."""

    question: Question
    axis: Axis | None
    has_dots: bool

    @property
    def id(self) -> int:
        return self.question.id

    @property
    def known_at(self) -> datetime:
        """When it is counted as known, for those who read only up to a day."""
        known = self.question.known_at
        return max(known, self.axis.set_at) if self.axis else known

    @property
    def is_there(self) -> bool:
        """It stands, or is closed with its dots kept; one without dots is simply taken away."""
        return self.axis is not None and (self.axis.removed_at is None or self.has_dots)

    @property
    def is_open(self) -> bool:
        """Dots may be placed and moved."""
        return self.axis is not None and self.axis.removed_at is None and self.question.merged_into_id is None


@dataclass(frozen=True)
class Stand:
    """Where an institution (a person, for somebody without a seat) stands, and stood before; newest first."""

    present: Dot
    earlier: tuple[Dot, ...]

    @property
    def institution(self) -> Institution | None:
        return self.present.institution

    @property
    def sort_key(self) -> str:
        institution = self.institution
        return institution.sort_key if institution else sort_key(self.present.signed_name)


@dataclass(frozen=True)
class Seen:
    """All that a reader sees on a strip: every stand in Swedish order, and the reader's own present dot."""

    stands: tuple[Stand, ...]
    own: Dot | None


def strip(question_id: int) -> Strip | None:
    """The strip of a question that has one."""
    found = to_set(question_id)
    return found if found and found.is_there else None


def to_set(question_id: int) -> Strip | None:
    """The strip of a question, or the place for one; one that became a part of another keeps its own."""
    question = questions.exact(question_id)
    return of(question) if question else None


def of(question: Question) -> Strip:
    """The strip of `question`, which is given with its meetings."""
    # Read anew: a service that was refused has shown what somebody else wrote meanwhile.
    row = db.session.execute(
        select(Axis, exists().where(Dot.question_id == Axis.question_id))
        .where(Axis.question_id == question.id)
        .execution_options(populate_existing=True)
    ).first()
    return Strip(question, row[0], row[1]) if row else Strip(question, None, has_dots=False)


def of_parts(question_id: int) -> Sequence[Question]:
    """The questions that became parts of this one and have strips with dots of their own."""
    return db.session.scalars(
        select(Question)
        .where(Question.merged_into_id == question_id, exists().where(Dot.question_id == Question.id))
        .order_by(Question.id)
    ).all()


def seen(strip: Strip, reader: Actor) -> Seen | None:
    """What `reader` sees; None until they have placed a dot themselves or chosen to look.

    A former member sees what was placed before the last mandate ended.
    """
    if not _is_let_in(strip.id, reader):
        return None
    written = select(Dot).where(Dot.question_id == strip.id).order_by(Dot.id)
    if not reader.in_network:
        if reader.reads_until is None:
            return None
        written = written.where(Dot.placed_at < reader.reads_until)
    dots = db.session.scalars(written.options(joinedload(Dot.institution))).all()
    return Seen(stands(dots), latest_of(dots, reader))


def own(question_id: int, member: Actor) -> Dot | None:
    """The dot that the member has for the seat they hold now, unless it is taken away."""
    return latest_of(
        db.session.scalars(
            select(Dot)
            .where(Dot.question_id == question_id, Dot.member_id == member.member_id)
            .order_by(Dot.id)
        ),
        member,
    )


def latest_of(dots: Iterable[Dot], member: Actor) -> Dot | None:
    """The member's own present dot among `dots`, which are given in the order of time."""
    seat = (member.member_id, member.institution_id)
    last = [dot for dot in dots if (dot.member_id, dot.institution_id) == seat][-1:]
    return last[0] if last and last[0].place is not None else None


def stands(dots: Iterable[Dot]) -> tuple[Stand, ...]:
    """One stand for each institution that has a dot; what was placed before one was taken away is gone."""
    trails: dict[tuple[str, Any], list[Dot]] = {}
    for dot in dots:
        by_seat = dot.institution_id is not None
        key = ("seat", dot.institution_id) if by_seat else ("member", dot.member_id)
        if dot.place is None:
            trails.pop(key, None)
        else:
            trails.setdefault(key, []).insert(0, dot)
    found = [Stand(trail[0], tuple(trail[1:])) for trail in trails.values()]
    return tuple(sorted(found, key=lambda stand: (stand.sort_key, stand.present.id)))


def parting(strip: Strip, now: datetime) -> Meeting | None:
    """The meeting that parts dots into before and after: the latest that treated it, else the next that will.

    A meeting that was over when the axis was set parts nothing.
    """
    if strip.axis is None:
        return None
    meetings = {treatment.agenda_item.meeting for treatment in strip.question.treatments}
    around = sorted(
        (one for one in meetings if one.state != MeetingState.CANCELLED and one.ends_at > strip.axis.set_at),
        key=lambda one: (one.starts_at, one.id),
    )
    begun = [one for one in around if one.starts_at <= now]
    return begun[-1] if begun else around[0] if around else None


def _is_let_in(question_id: int, reader: Actor) -> bool:
    """The reader has placed a dot, if only once, or has chosen to look."""
    placed = exists().where(Dot.question_id == question_id, Dot.member_id == reader.member_id)
    looked = exists().where(Look.question_id == question_id, Look.member_id == reader.member_id)
    return bool(db.session.scalar(select(or_(placed, looked))))
