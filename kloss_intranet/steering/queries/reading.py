"""A question's dossier as one reader may read it: on its page, and in the files that are made of it."""

from dataclasses import dataclass
from datetime import datetime

from ...core.db import db
from ...core.policy import Actor
from ...questions.models import Question
from .editions import Published, published


@dataclass(frozen=True)
class Readable:
    """A question with its dossier; policy asks when that became known."""

    question: Question
    edition: Published

    @property
    def known_at(self) -> datetime:
        return self.edition.known_at


def readable(question_id: int, reader: Actor) -> Readable | None:
    """The dossier published for this question, or for the one it has become a part of."""
    question, edition = db.session.get(Question, question_id), edition_of(question_id, reader)
    if question and edition is None and question.merged_into_id:
        return readable(question.merged_into_id, reader)  # the dossier went along
    return Readable(question, edition) if question and edition else None


def edition_of(question_id: int, reader: Actor) -> Published | None:
    """The last edition; for one who has left the network, the last of their time."""
    return published(question_id, None if reader.in_network else reader.reads_until)
