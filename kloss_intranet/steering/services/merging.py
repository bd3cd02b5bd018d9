"""What the closed room keeps follows a question that becomes a part of another."""

from sqlalchemy import exists, func, select, update

from ...core.db import db
from ...questions.services.merging import moves
from ..models import Dossier, Part, Preparation


@moves
def follow(one: int, into: int) -> None:
    """Who prepares it and what is drafted go along, as far as the other question has none of its own.

    Where both have a dossier, the parts of the first one come last in the other's, those that were removed
    too, with what authors have asked of them; what was published before stays with the question that it was
    published for.
    """
    _unless_there(Preparation, one, into)
    _unless_there(Dossier, one, into)
    left = db.session.scalar(select(Dossier.id).where(Dossier.question_id == one).with_for_update())
    if left is None:
        return
    kept = db.session.scalar(
        update(Dossier)
        .where(Dossier.question_id == into)
        .values(version=Dossier.version + 1)
        .returning(Dossier.id)
        .execution_options(synchronize_session=False)
    )
    last = db.session.scalar(select(func.max(Part.position)).where(Part.dossier_id == kept)) or 0
    parts = update(Part).where(Part.dossier_id == left)
    parts = parts.values(dossier_id=kept, position=Part.position + last)
    db.session.execute(parts.execution_options(synchronize_session=False))


def _unless_there(table: type[Preparation] | type[Dossier], one: int, into: int) -> None:
    if not db.session.scalar(select(exists().where(table.question_id == into))):
        moved = update(table).where(table.question_id == one).values(question_id=into)
        db.session.execute(moved.execution_options(synchronize_session=False))
