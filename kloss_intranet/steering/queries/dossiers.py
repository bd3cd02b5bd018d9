"""A dossier as it is being drafted: its parts in their order, and how each cited post stands by now."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from ...core.db import db
from ...meetings.models import Host, Meeting, Phase
from ...members.models import Institution
from ...questions.models import Question
from ...threads.models import Post, Thread
from ...threads.queries import Voice
from ..models import Citation, Dossier, Edition, Objection, Part
from .editions import voice_of
from .passages import located

HOSTS = (selectinload(Meeting.hosts).joinedload(Host.institution),)
"""A meeting without title or place is called by its hosts."""


@dataclass(frozen=True)
class Desk:
    """A question, and the dossier that is drafted about it, if it is begun."""

    question: Question
    dossier: Dossier | None


class Standing(enum.StrEnum):
    """How a cited passage stands to its post by now."""

    FRESH = "fresh"
    KEPT = "kept"
    """The post has changed, and the steering group has chosen to keep the passage as it was."""
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    """A coordinator has hidden the post; it may come back."""
    NOT_FOR_QUOTING = "not_for_quoting"
    LEFT_OUT = "left_out"
    """The author asked that it be left out, and that was granted."""


@dataclass(frozen=True)
class Source:
    """The post of a passage, with who speaks in it and when."""

    citation: Citation
    post: Post
    voice: Voice
    meeting: Meeting
    objection: Objection | None
    standing: Standing

    @property
    def phase(self) -> Phase:
        return self.meeting.phase_at(self.post.posted_at)

    @property
    def is_objected(self) -> bool:
        """The author has asked that it be left out, and nobody has answered."""
        return self.objection is not None and self.objection.answered_at is None


def _standing(citation: Citation, post: Post, objection: Objection | None) -> Standing:
    if objection is not None and objection.is_granted:
        return Standing.LEFT_OUT
    if post.hidden_at is not None:
        return Standing.HIDDEN
    if post.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if post.not_for_quoting:
        return Standing.NOT_FOR_QUOTING
    if post.version == citation.post_version or located(citation.passage, post):
        return Standing.FRESH
    return Standing.KEPT if citation.settled_version == post.version else Standing.CHANGED


AMBER = frozenset({Standing.CHANGED, Standing.WITHDRAWN, Standing.HIDDEN, Standing.NOT_FOR_QUOTING})
"""How a passage stands that must be dealt with before the dossier can be published."""


@dataclass(frozen=True)
class Piece:
    """A part of a dossier, with the source of what it cites."""

    part: Part
    source: Source | None

    @property
    def is_amber(self) -> bool:
        return self.source is not None and self.source.standing in AMBER

    @property
    def is_gone(self) -> bool:
        """The post does not stand, taken back by its author or hidden, so the cited words are not shown."""
        return self.source is not None and not self.source.post.stands

    @property
    def is_drawn(self) -> bool:
        """Whether it would stand in an edition: all but what was left out."""
        return self.source is None or self.source.standing is not Standing.LEFT_OUT


def desk(question_id: int) -> Desk | None:
    question = db.session.get(Question, question_id)
    return Desk(question, dossier(question_id)) if question else None


def dossier(question_id: int) -> Dossier | None:
    """The dossier of the question as it is by now."""
    return db.session.scalar(
        select(Dossier)
        .where(Dossier.question_id == question_id)
        .options(joinedload(Dossier.question))
        .execution_options(populate_existing=True)
    )


def piece(part_id: int) -> Piece | None:
    """One part, with its dossier, as it is by now."""
    found = _pieces(Part.id == part_id)
    return found[0] if found else None


def pieces(dossier_id: int) -> list[Piece]:
    """The parts in their order, those that were removed too: one statement however many they are."""
    return _pieces(Part.dossier_id == dossier_id)


def standing(pieces: Sequence[Piece]) -> list[Piece]:
    return [each for each in pieces if each.part.removed_at is None]


def _pieces(which: object) -> list[Piece]:
    query = (
        select(Part, Citation, Post, Institution, Meeting, Objection)
        .outerjoin(Citation, Citation.part_id == Part.id)
        .outerjoin(Post, Post.id == Citation.post_id)
        .outerjoin(Thread, Thread.id == Post.thread_id)
        .outerjoin(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .outerjoin(Objection, Objection.citation_id == Citation.id)
        .where(which)  # type: ignore[arg-type]  # a condition on any of the columns above
        .order_by(Part.position, Part.id)
        .options(
            joinedload(Part.written_by),
            joinedload(Part.dossier).joinedload(Dossier.question),
            contains_eager(Post.thread),
            *HOSTS,
        )
        .execution_options(populate_existing=True)
    )
    found = []
    for part, citation, post, seat, meeting, objection in db.session.execute(query):
        source = None
        if citation:
            stands = _standing(citation, post, objection)
            source = Source(citation, post, voice_of(post, seat), meeting, objection, stands)
        found.append(Piece(part, source))
    return found


@dataclass(frozen=True)
class Last:
    """The last edition: its number, when it was published, and what it holds."""

    number: int
    published_at: datetime
    content: list[dict[str, Any]]


def last_edition(dossier_id: int) -> Last | None:
    other = aliased(Edition)
    latest = select(func.max(other.number)).where(other.dossier_id == dossier_id).scalar_subquery()
    row = db.session.execute(
        select(Edition.number, Edition.published_at, Edition.content).where(
            Edition.dossier_id == dossier_id, Edition.number == latest
        )
    ).one_or_none()
    return Last(*row) if row else None
