"""The author answers a measure."""

from sqlalchemy import select

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Answer, Decision

LONGEST = 4000
"""Characters in an answer."""


def answer(measure: Decision, body: str, by: int) -> Answer | None:
    """Keep what the author says to `measure`; it waits until a later measure settles it.

    None when the same words have been sent before. Raises Refusal when they are missing or too many, and
    when something else has been answered already.
    """
    said = texts.tidy(body)
    if not said:
        raise Refusal(text("Skriv ditt svar."), field="body")
    if len(said) > LONGEST:
        raise Refusal(text("Skriv högst %(most)d tecken."), field="body", most=LONGEST)
    # Whoever answers at the same moment comes before or after, and then meets the first answer.
    db.session.execute(select(Decision.id).where(Decision.id == measure.id).with_for_update())
    earlier = db.session.scalar(select(Answer).where(Answer.decision_id == measure.id))
    if earlier is not None:
        if earlier.body == said:
            return None
        raise Refusal(text("Du har redan svarat. Svaret står på sidan."), status=409)
    made = Answer(decision_id=measure.id, member_id=by, body=said, answered_at=clock.now())
    db.session.add(made)
    db.session.flush()
    record("moderation.answer", f"decision:{measure.id}", by, answer=made.id)
    return made
