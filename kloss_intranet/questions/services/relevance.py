"""Saying in one sentence why a question matters where one is, changing it, and taking it back."""

from sqlalchemy import select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ..models import Question, Relevance
from . import turns

LONGEST = 300


def write(question: Question, author: Actor, sentence: str) -> bool:
    """Put `sentence` in place of what `author` has said before; False when it says the same."""
    return _put(question, author, sentence)


def take_back(question: Question, author: Actor) -> bool:
    """Say no longer why it matters; False when nothing was said."""
    return _put(question, author, None)


def _put(question: Question, author: Actor, sentence: str | None) -> bool:
    turns.wait_for_member(author.member_id)
    kept = turns.hold_kept(question.id)
    before = db.session.scalar(
        select(Relevance.sentence)
        .where(Relevance.question_id == kept, Relevance.member_id == author.member_id)
        .order_by(Relevance.id.desc())
        .limit(1)
    )
    if before == sentence:
        return False
    row = Relevance(
        question_id=kept,
        member_id=author.member_id,
        institution_id=author.institution_id,
        signed_name=author.name,
        signed_title=author.title,
        sentence=sentence,
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record("relevance:write" if sentence else "relevance:take-back", f"question:{kept}", author.member_id)
    return True
