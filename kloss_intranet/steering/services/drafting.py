"""The turns that writers of a dossier take, so that none of them overwrites what another has done."""

from sqlalchemy import select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...questions.models import Question
from ..models import Dossier
from ..queries import dossiers
from ..queries.dossiers import Desk


class Changed(Refusal):
    """Somebody else has changed the dossier meanwhile; nothing of what was sent was done."""

    def __init__(self) -> None:
        super().__init__(
            text("Någon annan har ändrat underlaget sedan du öppnade det. Se efter hur det ser ut nu."),
            status=409,
        )


def begun(desk: Desk, by: int) -> Dossier:
    """The dossier of the question, begun now unless it was before; two who begin at once queue."""
    if desk.question.merged_into_id is not None:
        raise Refusal(text("Frågan har gått upp i en annan. Skriv i den frågans underlag."), status=409)
    if desk.dossier is not None:
        return desk.dossier
    question_id = desk.question.id
    db.session.execute(select(Question.id).where(Question.id == question_id).with_for_update())
    known = dossiers.dossier(question_id)
    if known is not None:
        return known
    dossier = Dossier(question_id=question_id, begun_at=clock.now(), begun_by_id=by)
    db.session.add(dossier)
    db.session.flush()
    record("dossier:begin", f"dossier:{dossier.id}", by, question=question_id)
    return dossier


def turn(dossier_id: int, version: int | None = None) -> None:
    """Take the turn to change the dossier, until the transaction ends.

    Raises Changed when it has another version than `version`, the one that the writer saw, or its question
    has become a part of one with a dossier of its own, where all its parts are by now.
    """
    query = update(Dossier).where(Dossier.id == dossier_id).values(version=Dossier.version + 1)
    if version is not None:
        query = query.where(Dossier.version == version)
    done = db.session.scalar(query.returning(Dossier.id).execution_options(synchronize_session=False))
    # Asked afterwards: a merger that one has waited for is seen by a new statement only.
    moved = select(Question.merged_into_id).join(Dossier, Dossier.question_id == Question.id)
    if done is None or db.session.scalar(moved.where(Dossier.id == dossier_id)) is not None:
        raise Changed
