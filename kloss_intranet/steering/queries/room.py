"""What lies before the steering group, each kind in one look: the statements do not grow with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...core.db import db
from ...materials import queries as materials
from ...materials.models import Folder, Readers
from ...meetings.models import Meeting, MeetingState
from ...planning import queries as planning
from ...questions.models import Change, Proposal, Question, QuestionState
from ...questions.queries.finding import HOSTS, STANDS
from ...threads.models import Post
from ..models import Citation, Dossier, Edition, Objection, Part, Preparation
from .passages import located
from .preparations import preparations

PREPARED = (QuestionState.IN_PREPARATION, QuestionState.CHOSEN)
FOLDERS = 12
"""Folders that the room shows; the older ones stand with their meetings."""


@dataclass(frozen=True)
class Papers:
    """How a question's dossier stands: its last edition, if any, and how many passages must be seen to."""

    edition: int | None
    amber: int


@dataclass(frozen=True)
class Matter:
    """A question that the steering group has before it."""

    question: Question
    preparation: Preparation | None
    papers: Papers | None

    @property
    def due(self) -> date | None:
        return self.preparation.next_step_on if self.preparation else None

    def place_at(self, meeting: Meeting | None) -> int | None:
        """Which item of the meeting's agenda treats the question."""
        items = [each.agenda_item for each in self.question.treatments]
        return next((item.position for item in items if meeting and item.meeting_id == meeting.id), None)

    def carried_from(self, now: datetime) -> Meeting | None:
        """The last meeting that has had the question on its agenda; it has been carried on since."""
        meetings = [each.agenda_item.meeting for each in self.question.treatments]
        held = [
            each for each in meetings if each.starts_at <= now and each.state is not MeetingState.CANCELLED
        ]
        return max(held, key=lambda each: each.starts_at, default=None)


@dataclass(frozen=True)
class Table:
    """What lies on the table: to take up, the newest first; in preparation, by day; and what rests."""

    proposals: list[Matter]
    preparing: list[Matter]
    resting: list[Matter]


def table() -> Table:
    """All questions that wait for the steering group."""
    said = selectinload(Question.proposals).joinedload(Proposal.institution)
    rows = db.session.scalars(
        select(Question)
        .where(STANDS, Question.state.in_((QuestionState.RAISED, *PREPARED, QuestionState.RESTING)))
        .options(HOSTS, said, joinedload(Question.raised_by))
        .order_by(Question.title, Question.id)
    ).all()
    ids = [question.id for question in rows]
    noted, papers = preparations(ids), _papers(ids)
    every = [Matter(each, noted.get(each.id), papers.get(each.id)) for each in rows]
    proposals = [each for each in every if each.question.state is QuestionState.RAISED]
    preparing = [each for each in every if each.question.state in PREPARED]
    return Table(
        sorted(proposals, key=_raised, reverse=True),
        sorted(preparing, key=lambda each: (each.due is None, each.due or date.max)),
        [each for each in every if each.question.state is QuestionState.RESTING],
    )


def _raised(matter: Matter) -> datetime:
    return matter.question.raised_at or matter.question.known_at


def last_reasons(question_ids: Collection[int]) -> dict[int, Change]:
    """The latest step of each of these questions."""
    latest = select(func.max(Change.id)).where(Change.question_id.in_(question_ids))
    rows = db.session.scalars(select(Change).where(Change.id.in_(latest.group_by(Change.question_id))))
    return {row.question_id: row for row in rows}


def coming(now: datetime) -> Meeting | None:
    """The next meeting whole, if one is planned."""
    return next(iter(planning.coming(now)), None)


def folders() -> Sequence[Folder]:
    """The steering group's own folders with their files, those of the latest meeting first, and one more."""
    return db.session.scalars(
        select(Folder)
        .join(Folder.meeting)
        .where(Folder.readers == Readers.STEERING)
        .order_by(Meeting.starts_at.desc(), Folder.position)
        .limit(FOLDERS + 1)
        .options(materials.NAMED, *materials.WHOLE)
    ).all()


def _papers(question_ids: Collection[int]) -> dict[int, Papers]:
    rows = db.session.execute(
        select(Dossier.question_id, func.max(Edition.number))
        .outerjoin(Edition, Edition.dossier_id == Dossier.id)
        .where(Dossier.question_id.in_(question_ids))
        .group_by(Dossier.question_id)
    ).all()
    amber = _amber(question_ids)
    return {number: Papers(edition, amber.get(number, 0)) for number, edition in rows}


def _amber(question_ids: Collection[int]) -> dict[int, int]:
    """How many cited passages of each draft must be seen to: changed, taken back, or asked to be left out."""
    has_changed = Post.version > func.coalesce(Citation.settled_version, Citation.post_version)
    is_asked_out = Objection.made_at.is_not(None) & Objection.answered_at.is_(None)
    rows = db.session.execute(
        select(Dossier.question_id, Citation.passage, Post, is_asked_out)
        .select_from(Dossier)
        .join(Part, Part.dossier_id == Dossier.id)
        .join(Citation, Citation.part_id == Part.id)
        .join(Post, Post.id == Citation.post_id)
        .outerjoin(Objection, Objection.citation_id == Citation.id)
        .where(
            Dossier.question_id.in_(question_ids),
            Part.removed_at.is_(None),
            or_(Objection.is_granted.is_(None), Objection.is_granted.is_(False)),
            or_(has_changed, ~Post.stands, Post.not_for_quoting, is_asked_out),
        )
    )
    found: dict[int, int] = {}
    for question_id, passage, post, is_asked in rows:
        is_out = not post.stands or post.not_for_quoting
        if is_asked or is_out or not located(passage, post):
            found[question_id] = found.get(question_id, 0) + 1
    return found
