"""Putting an act on record with its reason, and settling what waited for it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ..models import SETTLES, UNDOES, Act, Answer, Decision, Report, SubjectKind


@dataclass(frozen=True)
class Subject:
    """What is moderated, and whose it is."""

    kind: SubjectKind
    id: int
    author_id: int | None


def decide(
    act: Act, subject: Subject, by: Actor, reason: str, *, to_author: str | None = None, **details: Any
) -> Decision:
    """Record `act` and settle what waits about `subject` where the act is an answer to it.

    `details` are values that JSON can hold, such as `before` and `after`.
    Raises Refusal about the field `reason` when it is empty.
    """
    if not reason.strip():
        raise Refusal(text("Skriv varför. Skälet står i protokollet."), field="reason")
    decision = Decision(
        act=act,
        subject_kind=subject.kind,
        subject_id=subject.id,
        author_id=subject.author_id,
        reason=reason.strip(),
        to_author=(to_author or "").strip() or None,
        details=details,
        decided_at=clock.now(),
        decided_by_id=by.member_id,
        role="coordinator",
    )
    db.session.add(decision)
    db.session.flush()
    _settle(decision)
    about = f"{subject.kind.value}:{subject.id}"
    record(
        f"moderation.{act.value}",
        about,
        by.member_id,
        decision=decision.id,
        reason=decision.reason,
        **details,
    )
    return decision


def _settle(decision: Decision) -> None:
    """The open reports and answers, or only the answers to the act that is undone."""
    if decision.act not in SETTLES and decision.act not in UNDOES:
        return
    settled = {"settled_by_id": decision.id}
    unsynchronised = {"synchronize_session": False}
    earlier = select(Decision.id).where(
        Decision.subject_kind == decision.subject_kind, Decision.subject_id == decision.subject_id
    )
    if undone := UNDOES.get(decision.act):
        earlier = earlier.where(Decision.act == undone)
    else:
        reports = update(Report).where(
            Report.subject_kind == decision.subject_kind,
            Report.subject_id == decision.subject_id,
            Report.settled_by_id.is_(None),
        )
        db.session.execute(reports.values(settled), execution_options=unsynchronised)
    answers = update(Answer).where(Answer.decision_id.in_(earlier), Answer.settled_by_id.is_(None))
    db.session.execute(answers.values(settled), execution_options=unsynchronised)
