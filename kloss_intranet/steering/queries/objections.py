"""A cited passage as its author and the steering group meet it when the author asks that it be left out."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...questions.models import Question
from ...threads.models import Post, Thread
from ..models import Citation, Dossier, Edition, Objection, Part


@dataclass(frozen=True)
class Passage:
    """A citation with all that it hangs from, and what its author has asked."""

    citation: Citation
    post: Post
    part: Part
    dossier: Dossier
    question: Question
    objection: Objection | None
    printed: str | None
    """The words in the latest edition that has it, whether it is drawn there or not."""

    @property
    def is_published(self) -> bool:
        return self.printed is not None

    @property
    def words(self) -> str:
        """As members read them, or would have."""
        return self.printed or self.citation.passage

    @property
    def member_id(self) -> int:
        return self.post.member_id

    @property
    def is_open(self) -> bool:
        """The author has asked, and nobody has answered."""
        return self.objection is not None and self.objection.answered_at is None


def passage(citation_id: int) -> Passage | None:
    """The passage with this number, as it is by now."""
    query = (
        select(Citation, Post, Part, Dossier, Question, Objection)
        .join(Post, Post.id == Citation.post_id)
        .join(Part, Part.id == Citation.part_id)
        .join(Dossier, Dossier.id == Part.dossier_id)
        .join(Question, Question.id == Dossier.question_id)
        .outerjoin(Objection, Objection.citation_id == Citation.id)
        .where(Citation.id == citation_id)
        .options(joinedload(Post.thread).joinedload(Thread.meeting))
        .execution_options(populate_existing=True)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    return Passage(*row, printed=printed_of([row.Dossier.id]).get(citation_id))


def printed_of(dossier_ids: Collection[int]) -> dict[int, str]:
    """By citation, its words in the latest edition that has it.

    Of these dossiers, and of those whose question became a part of theirs.
    """
    if not dossier_ids:
        return {}
    kept = select(Dossier.question_id).where(Dossier.id.in_(dossier_ids))
    contents = db.session.scalars(
        select(Edition.content)
        .join(Edition.dossier)
        .join(Dossier.question)
        .where(or_(Dossier.id.in_(dossier_ids), Question.merged_into_id.in_(kept)))
        .order_by(Edition.published_at, Edition.id)
    )
    passages = (each for content in contents for each in content if each["kind"] == "passage")
    return {each["citation"]: each["passage"] for each in passages}
