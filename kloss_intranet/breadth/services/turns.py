"""Waiting for one's turn at a strip, so that nobody names its ends while somebody places a dot."""

from sqlalchemy import select

from ...core.db import db
from ...questions.models import Question
from .. import queries
from ..queries import Strip


def locked(strip: Strip) -> Strip:
    """The strip as it is now; it stays so until this transaction ends."""
    db.session.execute(select(Question.id).where(Question.id == strip.id).with_for_update())
    return queries.of(strip.question)
