"""What is asked about three months after a meeting, and of whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...core.db import db
from ...meetings.models import AgendaItem, Meeting, MeetingState
from ...meetings.queries import NAMED
from ...members.models import Member
from ..models import Question, QuestionState, Treatment
from . import telling
from .finding import STANDS

WAIT = timedelta(days=90)
TOO_LATE = timedelta(days=120)
"""From then on nobody is asked: of the meetings of years ago, before there were echoes, above all."""


@dataclass(frozen=True)
class Talk:
    """A thread about a question at a meeting, and those who have written in it."""

    thread_id: int
    title: str
    question_id: int
    members: set[int]


@dataclass(frozen=True)
class Matter:
    """A question that a meeting treated, and where it was talked about."""

    question: Question
    talks: tuple[Talk, ...]

    @property
    def members(self) -> set[int]:
        """Those who have proposed the question or written about it at the meeting."""
        raised = {self.question.raised_by_id} if self.question.raised_by_id else set()
        proposed = {proposal.member_id for proposal in self.question.proposals}
        return raised.union(proposed, *(talk.members for talk in self.talks))


Source = Callable[[int], Sequence[Talk]]
_sources: list[Source] = []


def talks(source: Source) -> Source:
    """Register a function that gives the threads about questions at a meeting (id)."""
    if source not in _sources:
        _sources.append(source)
    return source


def due(now: datetime) -> Sequence[Meeting]:
    """The meetings about which it is time to ask."""
    when = (Meeting.ends_at <= now - WAIT, Meeting.ends_at > now - TOO_LATE)
    held = (Meeting.state != MeetingState.CANCELLED, *when)
    return db.session.scalars(select(Meeting).where(*held).order_by(Meeting.starts_at).options(*NAMED)).all()


def matters(meeting: Meeting) -> list[Matter]:
    """The questions that the meeting treated and that are not followed up yet."""
    here = Question.treatments.any(Treatment.agenda_item.has(AgendaItem.meeting_id == meeting.id))
    treated = db.session.scalars(
        select(Question)
        .where(here, STANDS, Question.state == QuestionState.TREATED)
        .order_by(Question.id)
        .options(selectinload(Question.proposals))
    ).all()
    said = [talk for source in _sources for talk in source(meeting.id)]
    return [Matter(one, tuple(talk for talk in said if talk.question_id == one.id)) for one in treated]


def asked(found: Sequence[Matter], day: date) -> list[tuple[tuple[Matter, ...], list[Member]]]:
    """Whom to ask about what: those asked about the same matters together, who serve on `day`."""
    of_member: dict[int, tuple[Matter, ...]] = {}
    for matter in found:
        for member_id in matter.members:
            of_member[member_id] = (*of_member.get(member_id, ()), matter)
    groups: dict[tuple[int, ...], tuple[tuple[Matter, ...], list[Member]]] = {}
    for member in telling.serving([*of_member], day):
        about = of_member[member.id]
        key = tuple(matter.question.id for matter in about)
        groups.setdefault(key, (about, []))[1].append(member)
    return list(groups.values())
