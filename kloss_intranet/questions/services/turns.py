"""One at a time: for a member who sends a form twice, and for those who change the same question."""

from dataclasses import dataclass

from sqlalchemy import select

from ...core.db import db
from ...core.words import Refusal, text
from ...members.models import Member
from ..models import Question, QuestionState


@dataclass(frozen=True)
class Standing:
    """How a question stands while it is being held."""

    id: int
    state: QuestionState
    version: int
    merged_into_id: int | None


def wait_for_member(member_id: int) -> None:
    """Let one request at a time write for the member, until its transaction ends.

    What was sent twice at the same moment is then seen by the second. SQLite has one writer anyway.
    """
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))


def hold(*question_ids: int) -> dict[int, Standing]:
    """Let nobody else change or merge the questions until the transaction ends; gives how they stand."""
    rows = db.session.execute(
        select(Question.id, Question.state, Question.version, Question.merged_into_id)
        .where(Question.id.in_(question_ids))
        .order_by(Question.id)
        .with_for_update()
    )
    return {row.id: Standing(*row) for row in rows}


def hold_kept(question_id: int) -> int:
    """Hold the question, or the one it has become a part of meanwhile; gives the number of the one held."""
    standing = hold(question_id).get(question_id)
    while standing is not None and standing.merged_into_id is not None:
        standing = hold(standing.merged_into_id).get(standing.merged_into_id)
    if standing is None:
        raise Refusal(text("Frågan finns inte längre."), status=409)
    return standing.id
