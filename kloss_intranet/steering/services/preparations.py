"""Noting who prepares a question and what comes next, and never over what somebody else has noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...planning.services.times import in_time
from ...questions.models import Question
from ...questions.services import turns
from ...questions.services.states import MERGED
from ..models import Preparation
from ..queries import preparations

LONGEST_STEP = 300


class Clash(Refusal):
    """It was changed after the writer opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(text("Beredningen har ändrats sedan du öppnade sidan."), status=409)


@dataclass(frozen=True)
class Plan:
    """Who sees to the question, what comes next, and when it is to be done."""

    owner_id: int | None = None
    next_step: str | None = None
    next_step_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == Plan()


@dataclass(frozen=True)
class Noted:
    """The version that a form made, and whom it made the new owner."""

    version: int
    new_owner_id: int | None


def prepare(question: Question, plan: Plan, version: int, by: int) -> Noted | None:
    """Put `plan` in place of the `version` that the writer saw (0: none yet); None when it says the same.

    Raises Clash when there is another version by now, and Refusal when the question is merged.
    """
    if plan.next_step_on is not None:
        in_time(plan.next_step_on, "next_step_on")
        if plan.next_step is None:
            raise Refusal(text("Skriv vad som ska göras den dagen."), field="next_step")
    # Held, so that two who note something for the first time queue.
    standing = turns.hold(question.id).get(question.id)
    if standing is None or standing.merged_into_id is not None:
        raise Refusal(MERGED, status=409)
    before = preparations.preparation(question.id)
    was = Plan(before.owner_id, before.next_step, before.next_step_on) if before else Plan()
    if was == plan:
        return None
    if (before.version if before else 0) != version:
        raise Clash
    columns = {"owner_id": plan.owner_id, "next_step": plan.next_step, "next_step_on": plan.next_step_on}
    _put(question.id, version, by, columns)
    # What was noted is for the room alone; the record tells who changed it and which parts.
    changed = [name for name, value in columns.items() if getattr(was, name) != value]
    record("question:prepare", f"question:{question.id}", by, version=version + 1, changed=changed)
    is_new = plan.owner_id is not None and plan.owner_id != was.owner_id
    return Noted(version + 1, plan.owner_id if is_new else None)


def _put(question_id: int, version: int, by: int, columns: Mapping[str, object]) -> None:
    wrote = {"changed_at": clock.now(), "changed_by_id": by}
    if not version:
        db.session.add(Preparation(question_id=question_id, **columns, **wrote))
        db.session.flush()
        return
    # The version is asked for in the same statement, so that of two who save at once one is refused.
    done = db.session.scalar(
        update(Preparation)
        .where(Preparation.question_id == question_id, Preparation.version == version)
        .values(version=Preparation.version + 1, **columns, **wrote)
        .returning(Preparation.question_id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise Clash
