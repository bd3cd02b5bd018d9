"""Asking that a cited passage be left out, and answering."""

from typing import Any

from sqlalchemy import update

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Objection
from ..queries import objections
from ..queries.objections import Passage
from .drafting import turn

LONGEST = 2000
"""Characters in a reason."""

TOO_LONG = text("Skriv högst %(most)d tecken.")


def ask(passage: Passage, reason: str, by: int) -> Objection:
    """Ask for the author that the passage be left out. Raises Refusal when that is asked already.

    Before it is published the author's wish rules, and is granted at once by nobody. Afterwards the passage
    is hidden until the steering group has answered.
    """
    said = _said(reason)
    # One who publishes at the same moment comes before or after, and then sees the wish.
    turn(passage.dossier.id)
    now_stands = objections.passage(passage.citation.id) or passage
    if now_stands.objection is not None:
        raise Refusal(text("Du har redan bett att citatet lämnas utanför."), status=409)
    now = clock.now()
    is_granted = None if now_stands.is_published else True
    objection = Objection(
        citation_id=passage.citation.id,
        reason=said or None,
        made_at=now,
        answered_at=now if is_granted else None,
        is_granted=is_granted,
    )
    db.session.add(objection)
    db.session.flush()
    record("citation:object", f"citation:{passage.citation.id}", by, granted=is_granted)
    return objection


def answer(passage: Passage, reason: str, by: int, *, is_granted: bool) -> None:
    """Leave the passage out, or let it stand with a reason. Raises Refusal when nothing waits for one."""
    said = _said(reason)
    if not is_granted and not said:
        raise Refusal(text("Skriv varför citatet står kvar. Den som frågade får läsa det."), field="reason")
    turn(passage.dossier.id)
    values: dict[str, Any] = {"answered_at": clock.now(), "answered_by_id": by, "is_granted": is_granted}
    answered = db.session.scalar(
        update(Objection)
        .where(Objection.citation_id == passage.citation.id, Objection.answered_at.is_(None))
        .values(answer=said or None, **values)
        .returning(Objection.citation_id)
        .execution_options(synchronize_session=False)
    )
    if answered is None:
        raise Refusal(text("Någon har redan svarat, eller så har ingen frågat."), status=409)
    record("citation:answer", f"citation:{passage.citation.id}", by, granted=is_granted)


def _said(reason: str) -> str:
    said = texts.tidy(reason)
    if len(said) > LONGEST:
        raise Refusal(TOO_LONG, field="reason", most=LONGEST)
    return said
