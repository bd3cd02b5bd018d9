"""What a briefing tells: the meeting, its questions through earlier meetings, dossiers, and who comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...attendance import queries as attendance
from ...attendance.models import Answer
from ...core.db import db
from ...core.swedish import sort_key
from ...meetings.models import AgendaItem, Host, Meeting, MeetingState, ProgrammeItem
from ...members.models import Institution
from ...questions.models import Question, Treatment
from ...steering.queries.editions import Published, published_among

TREATED = selectinload(Question.treatments).joinedload(Treatment.agenda_item).joinedload(AgendaItem.meeting)
WITH_HOSTS = TREATED.selectinload(Meeting.hosts).joinedload(Host.institution)


@dataclass(frozen=True)
class Subject:
    """A question on the agenda, where earlier meetings treated it, and its dossier as published."""

    question: Question
    items: tuple[AgendaItem, ...]
    earlier: tuple[Treatment, ...]
    dossier: Published | None


@dataclass(frozen=True)
class Comer:
    """Somebody who comes, and to what; `absent` is in whose place."""

    name: str
    institution: Institution | None
    affiliation: str | None
    absent: str | None
    parts: tuple[tuple[ProgrammeItem, Answer], ...]


@dataclass(frozen=True)
class Gathered:
    """`asked` are those who arrange the meeting, by name."""

    meeting: Meeting
    subjects: tuple[Subject, ...]
    comers: tuple[Comer, ...]
    asked: Sequence[str]
    day: date


def gathered(meeting: Meeting, day: date) -> Gathered:
    """What the meeting's briefing tells on `day`; the meeting has its programme and agenda."""
    return Gathered(meeting, _subjects(meeting), _comers(meeting), attendance.hosts_to_ask(meeting, day), day)


def _subjects(meeting: Meeting) -> tuple[Subject, ...]:
    on_agenda = Question.treatments.any(Treatment.agenda_item.has(AgendaItem.meeting_id == meeting.id))
    found = db.session.scalars(select(Question).where(on_agenda).options(WITH_HOSTS)).all()
    dossiers = published_among([question.id for question in found]) if found else {}
    subjects = []
    for question in found:
        treated = {each.agenda_item_id for each in question.treatments}
        items = tuple(item for item in meeting.agenda if item.id in treated)
        before = [each for each in question.treatments if _is_before(each.agenda_item.meeting, meeting)]
        before.sort(key=lambda each: (each.agenda_item.meeting.starts_at, each.agenda_item.position))
        subjects.append(Subject(question, items, tuple(before), dossiers.get(question.id)))
    return tuple(sorted(subjects, key=lambda one: (one.items[0].position, sort_key(one.question.title))))


def _is_before(earlier: Meeting, meeting: Meeting) -> bool:
    return earlier.starts_at < meeting.starts_at and earlier.state is not MeetingState.CANCELLED


def _comers(meeting: Meeting) -> tuple[Comer, ...]:
    """By institution in Swedish order, those without one last."""
    parts = {part.id: part for part in meeting.programme}
    by_member: dict[int, Comer] = {}
    for part_id, people in attendance.comers(meeting).items():
        for one in people:
            before = by_member.get(one.member_id)
            said = (*(before.parts if before else ()), (parts[part_id], one.answer))
            said = tuple(sorted(said, key=lambda each: each[0].position))
            by_member[one.member_id] = Comer(one.name, one.institution, one.affiliation, one.absent, said)

    def place(one: Comer) -> tuple[bool, str, str]:
        seat = one.institution
        return seat is None, seat.sort_key if seat else sort_key(one.affiliation or ""), sort_key(one.name)

    return tuple(sorted(by_member.values(), key=place))
