"""The list of questions, and what it can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import AgendaItem, Meeting, MeetingTheme
from ...themes.models import Theme
from ..models import Proposal, Question, QuestionState, Treatment
from .finding import MEETINGS, visible


@dataclass(frozen=True)
class Choice:
    """What the list is narrowed to; None leaves it as wide as it is.

    A question's themes are those of the meetings that treat it; `institution_id` is a proposer's.
    """

    state: QuestionState | None = None
    theme: str | None = None
    institution_id: int | None = None

    @property
    def is_made(self) -> bool:
        return self != Choice()


def index(reader: Actor, choice: Choice | None = None) -> Sequence[Question]:
    """The visible questions with the meetings that treat them and who proposed them."""
    choice = choice or Choice()
    query = select(Question).where(visible(reader))
    if choice.state:
        query = query.where(Question.state == choice.state)
    if choice.theme:
        under = Meeting.themes.any(MeetingTheme.theme.has(Theme.slug == choice.theme))
        query = query.where(Question.treatments.any(Treatment.agenda_item.has(AgendaItem.meeting.has(under))))
    if choice.institution_id is not None:
        query = query.where(Question.proposals.any(Proposal.institution_id == choice.institution_id))
    said = selectinload(Question.proposals).joinedload(Proposal.institution)
    return db.session.scalars(query.options(MEETINGS, said, joinedload(Question.raised_by))).all()


def themes() -> Sequence[Theme]:
    """The themes of meetings that have treated a question, in their own order."""
    treated = (
        select(MeetingTheme.theme_id)
        .join(AgendaItem, AgendaItem.meeting_id == MeetingTheme.meeting_id)
        .join(Treatment, Treatment.agenda_item_id == AgendaItem.id)
    )
    return db.session.scalars(select(Theme).where(Theme.id.in_(treated)).order_by(Theme.position)).all()
