"""Proposing a question, or adding one's own words to one that is there."""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ..models import Proposal, Question, QuestionState
from . import turns

LONGEST_TITLE = 160
LONGEST_REASON = 2000


@dataclass(frozen=True)
class Proposed:
    """The proposal that a form made, the number of its question, and whether it is new."""

    proposal: Proposal
    question_id: int
    is_new: bool


def propose(author: Actor, title: str, reason: str) -> Proposed:
    """A new question; the same words sent again give the one they made the first time."""
    turns.wait_for_member(author.member_id)
    if known := _known(author, title, reason):
        return known
    now = clock.now()
    question = Question(
        slug=_slug(title),
        title=title,
        state=QuestionState.RAISED,
        reason=reason,
        raised_by_id=author.member_id,
        raised_at=now,
    )
    db.session.add(question)
    db.session.flush()
    proposal = _add(question.id, author, title, reason)
    record("question:propose", f"question:{question.id}", author.member_id)
    return Proposed(proposal, question.id, is_new=True)


def join(question: Question, author: Actor, title: str | None, reason: str) -> Proposed:
    """One more proposal of the question; without a title it is called what the question is."""
    turns.wait_for_member(author.member_id)
    kept = turns.hold_kept(question.id)
    title = title or question.title
    if known := _known(author, title, reason, Proposal.question_id == kept):
        return known
    proposal = _add(kept, author, title, reason)
    record("question:join", f"question:{kept}", author.member_id)
    return Proposed(proposal, kept, is_new=True)


def is_known(author: Actor, title: str, reason: str) -> bool:
    """Whether `author` has proposed a question in these very words before."""
    return _known(author, title, reason) is not None


def _known(author: Actor, title: str, reason: str, *which: ColumnElement[bool]) -> Proposed | None:
    own = (Proposal.member_id == author.member_id, Proposal.title == title, Proposal.reason == reason)
    found = db.session.scalar(select(Proposal).where(*own, *which).limit(1))
    return Proposed(found, found.question_id, is_new=False) if found else None


def _add(question_id: int, author: Actor, title: str, reason: str) -> Proposal:
    proposal = Proposal(
        question_id=question_id,
        title=title,
        reason=reason,
        member_id=author.member_id,
        institution_id=author.institution_id,
        signed_name=author.name,
        signed_title=author.title,
        proposed_at=clock.now(),
    )
    db.session.add(proposal)
    db.session.flush()
    return proposal


def _slug(title: str) -> str:
    """The title's first words, and signs that make it the only one."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return "-".join([*re.findall(r"[a-z0-9]+", plain)[:6], secrets.token_hex(4)])
