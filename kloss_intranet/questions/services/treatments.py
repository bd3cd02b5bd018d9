"""Putting a question on an agenda."""

from sqlalchemy import exists, select

from ...core.db import db
from ..models import Treatment
from . import turns


def put_on(agenda_item_id: int, question_id: int) -> None:
    """Let the agenda item treat the question, or the one it has become a part of meanwhile."""
    kept = turns.hold_kept(question_id)
    at = (Treatment.agenda_item_id == agenda_item_id, Treatment.question_id == kept)
    if not db.session.scalar(select(exists().where(*at))):
        db.session.add(Treatment(agenda_item_id=agenda_item_id, question_id=kept))
        db.session.flush()
