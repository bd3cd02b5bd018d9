"""Questions with a title much like one that is being written."""

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from ...core.alike import ENOUGH, mentions, nearness, stems
from ...core.db import db
from ...core.policy import Actor
from ..models import Proposal, Question
from .finding import MEETINGS, visible

CANDIDATES = 200
"""Questions that are compared, at most."""


def alike(reader: Actor, title: str, *, but: int | None = None, most: int = 5) -> list[Question]:
    """Visible questions that are called much like `title`, now or by a proposer, the nearest first."""
    wanted = stems(title)
    if not wanted:
        return []
    proposed = Question.proposals.any(mentions(Proposal.title, wanted))
    query = (
        select(Question)
        .where(visible(reader), Question.id != but, or_(mentions(Question.title, wanted), proposed))
        .options(MEETINGS, selectinload(Question.proposals))
        .order_by(Question.id.desc())
        .limit(CANDIDATES)
    )
    near = [(_share(wanted, question), question) for question in db.session.scalars(query)]
    near = [(share, question) for share, question in near if share >= ENOUGH]
    return [question for _, question in sorted(near, key=lambda pair: -pair[0])[:most]]


def _share(wanted: frozenset[str], question: Question) -> float:
    titles = [question.title, *(proposal.title for proposal in question.proposals)]
    return max(nearness(wanted, stems(title)) for title in titles)
