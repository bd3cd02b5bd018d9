"""Moving and removing the parts of a dossier, and laying them back."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal, text
from ..queries import dossiers
from ..queries.dossiers import Piece
from ..services import citing, parts
from .blueprint import bp
from .dossiers import page


@bp.post("/steering/parts/<int:part_id>/moves")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def move_part(piece: Piece) -> ResponseReturnValue:
    part, way = piece.part, request.form.get("way")
    if way not in list(parts.Way):
        return refused(piece, Refusal(text("Välj om stycket ska upp eller ned.")))
    try:
        parts.move(part, parts.Way(way), request.form.get("dossier_version", 0, type=number), me().member_id)
    except Refusal as refusal:
        return refused(piece, refusal)
    db.session.commit()
    return to_part(part.dossier.question_id, part.id)


@bp.post("/steering/parts/<int:part_id>/removals")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def remove_part(piece: Piece) -> ResponseReturnValue:
    try:
        parts.remove(piece.part, request.values.get("version", 0, type=number), me().member_id)
    except Refusal as refusal:
        return refused(piece, refusal)
    db.session.commit()
    question_id = piece.part.dossier.question_id
    return redirect(url_for("steering.dossier", question_id=question_id, removed=piece.part.id), 303)


@bp.post("/steering/parts/<int:part_id>/restorations")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def restore_part(piece: Piece) -> ResponseReturnValue:
    try:
        if piece.source is not None:
            citing.lay_back(piece, me().member_id)
        else:
            parts.restore(piece.part, me().member_id)
    except Refusal as refusal:
        return refused(piece, refusal)
    db.session.commit()
    flash_done(gettext("Det står åter i underlaget."))
    return to_part(piece.part.dossier.question_id, piece.part.id)


def refused(piece: Piece, refusal: Refusal, typed: str | None = None) -> ResponseReturnValue:
    """The dossier as it is by now, with the reason why nothing was done, and what was `typed` in the part."""
    question_id, part_id = piece.part.dossier.question_id, piece.part.id
    db.session.rollback()
    desk = dossiers.desk(question_id)
    if desk is None:
        abort(404)
    reason = gettext(refusal.sentence, **refusal.values)
    return page(desk, error=reason, typed={part_id: typed} if typed else {}), refusal.status


def to_part(question_id: int, part_id: int) -> ResponseReturnValue:
    return redirect(url_for("steering.dossier", question_id=question_id, _anchor=f"part-{part_id}"), 303)
