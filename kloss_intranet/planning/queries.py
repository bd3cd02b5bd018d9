"""The meetings ahead, who has hosted when, what is still open, and whom to tell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from ..attendance.models import Answer, SignUp
from ..core.db import db
from ..meetings import queries as meetings
from ..meetings.models import Admission, AdmissionKind, AgendaItem, Host, Meeting, MeetingState, ProgrammeItem
from ..members import queries as members
from ..members.models import Institution, Mandate, Member
from ..members.queries import holds, serves
from ..questions.models import Question, QuestionState, Treatment
from .models import HostOffer, HostTask

AHEAD = 4
CARRIED = (QuestionState.CHOSEN, QuestionState.IN_PREPARATION, QuestionState.RESTING)


@dataclass(frozen=True)
class LedgerLine:
    """An institution and the meetings it hosts or has hosted, oldest first."""

    institution: Institution
    meetings: list[Meeting]


def coming(now: datetime) -> list[Meeting]:
    """The next meetings whole, as many as are planned for; cancelled ones are left out."""
    found = select(Meeting).where(Meeting.ends_at > now, Meeting.state != MeetingState.CANCELLED)
    return list(
        db.session.scalars(
            found.order_by(Meeting.starts_at, Meeting.id).limit(AHEAD).options(*meetings.WHOLE)
        )
    )


def meeting_again(meeting: Meeting) -> Meeting:
    """The meeting read again whole, after its hosts or parts have changed."""
    found = select(Meeting).where(Meeting.id == meeting.id).options(*meetings.WHOLE)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def before(day: datetime | None = None) -> list[Meeting]:
    """The meetings that another can go on from, the latest first; cancelled ones are left out."""
    found = select(Meeting).where(Meeting.state != MeetingState.CANCELLED).options(*meetings.WHOLE)
    if day is not None:
        found = found.where(Meeting.starts_at < day)
    return list(db.session.scalars(found.order_by(Meeting.starts_at.desc(), Meeting.id.desc())))


def ledger() -> list[LedgerLine]:
    """Every institution in Swedish order, with the meetings it has hosted; cancelled ones do not count."""
    rows = db.session.execute(
        select(Host.institution_id, Meeting)
        .join(Host.meeting)
        .where(Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at)
        .options(*meetings.NAMED)
    ).all()
    hosted: dict[int, list[Meeting]] = {}
    for institution_id, meeting in rows:
        if institution_id is not None:
            hosted.setdefault(institution_id, []).append(meeting)
    return [LedgerLine(one, hosted.get(one.id, [])) for one in members.institutions()]


def tasks_of(meetings_ids: Collection[int]) -> Sequence[HostTask]:
    """What is left to do for these meetings."""
    left = select(HostTask).where(HostTask.meeting_id.in_(meetings_ids), HostTask.done_at.is_(None))
    return db.session.scalars(left.order_by(HostTask.position)).all()


def open_questions(previous: Meeting | None, now: datetime) -> Sequence[Question]:
    """What earlier meetings left open; what the previous one treated is open until it is followed up."""
    earlier = Treatment.agenda_item.has(AgendaItem.meeting.has(Meeting.starts_at <= now))
    is_open: ColumnElement[bool] = Question.state.in_(CARRIED) & Question.treatments.any(earlier)
    if previous is not None:
        at_previous = Question.treatments.any(Treatment.agenda_item.has(AgendaItem.meeting_id == previous.id))
        lately = Question.state.in_((*CARRIED, QuestionState.TREATED)) & at_previous
        is_open = or_(is_open, lately)
    return db.session.scalars(select(Question).where(is_open).order_by(Question.title)).all()


def questions_to_treat(kept: Iterable[int]) -> Sequence[Question]:
    """What can be put on an agenda: all that is not followed up, and those that stand there already."""
    choosable = or_(Question.state != QuestionState.FOLLOWED_UP, Question.id.in_([*kept]))
    return db.session.scalars(select(Question).where(choosable).order_by(Question.title)).all()


def treated_by(meeting: Meeting) -> dict[int, Question]:
    """The first question that each agenda item treats, by the item's number."""
    rows = db.session.scalars(
        select(Treatment)
        .join(Treatment.agenda_item)
        .where(AgendaItem.meeting_id == meeting.id)
        .join(Treatment.question)
        .order_by(Question.title.desc())
        .options(joinedload(Treatment.question))
    )
    return {row.agenda_item_id: row.question for row in rows}


def helpers(meeting: Meeting, day: date) -> Sequence[Admission]:
    """Those who arrange the meeting on `day` without their institution being its host."""
    return _let_in(meeting, day, AdmissionKind.HOST)


def guests(meeting: Meeting, day: date) -> Sequence[Admission]:
    """Those let into the meeting as guests on `day`."""
    return _let_in(meeting, day, AdmissionKind.GUEST)


def _let_in(meeting: Meeting, day: date, kind: AdmissionKind) -> Sequence[Admission]:
    let_in = (Admission.meeting_id == meeting.id, Admission.kind == kind, Admission.ends_on >= day)
    found = select(Admission).where(*let_in).options(joinedload(Admission.member)).order_by(Admission.id)
    return db.session.scalars(found).all()


def offer(offer_id: int) -> HostOffer | None:
    return db.session.scalar(
        select(HostOffer).options(joinedload(HostOffer.institution)).where(HostOffer.id == offer_id)
    )


def representatives(institution_ids: Collection[int], day: date) -> Sequence[Member]:
    """Those who represent the institutions on `day`."""
    held = holds(Mandate, day).where(Mandate.institution_id.in_(institution_ids))
    open_ones = select(Member).where(Member.closed_at.is_(None), held)
    return db.session.scalars(open_ones.order_by(Member.id)).all()


def concerned(meeting: Meeting, day: date) -> Sequence[Member]:
    """Everyone in the network, whoever is let into the meeting, and whoever has signed up for it."""
    signed_up = (
        exists()
        .where(SignUp.member_id == Member.id, SignUp.answer != Answer.NOT_COMING)
        .where(SignUp.programme_item_id == ProgrammeItem.id, ProgrammeItem.meeting_id == meeting.id)
    )
    let_in = exists().where(
        Admission.member_id == Member.id, Admission.meeting_id == meeting.id, Admission.ends_on >= day
    )
    who = or_(serves(day), let_in, signed_up)
    return db.session.scalars(select(Member).where(Member.closed_at.is_(None), who).order_by(Member.id)).all()
