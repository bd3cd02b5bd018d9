"""Publishing a dossier."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ..models import PartKind
from ..notifications import editions as letters
from ..queries import dossiers
from ..queries.dossiers import Desk
from ..services import publishing
from .blueprint import bp


@bp.get("/steering/dossiers/<int:question_id>/publish")
@requires(Permission.DOSSIER_PUBLISH, find=dossiers.desk)
def publish_dossier(desk: Desk) -> str:
    """Asks first: what others have read cannot be unread."""
    return _page(desk)


@bp.post("/steering/dossiers/<int:question_id>/editions")
@requires(Permission.DOSSIER_PUBLISH, find=dossiers.desk)
def make_edition(desk: Desk) -> ResponseReturnValue:
    try:
        edition = publishing.publish(desk, request.form.get("version", 0, type=number), me().member_id)
    except Refusal as refusal:
        question_id = desk.question.id
        db.session.rollback()
        now = dossiers.desk(question_id) or desk
        return _page(now, error=gettext(refusal.sentence, **refusal.values)), refusal.status
    letters.tell_of_edition(desk.question, edition, me().member_id)
    db.session.commit()
    flash_done(gettext("Underlaget är publicerat, och nätverket får veta det."))
    return redirect(url_for("steering.published", question_id=desk.question.id), 303)


def _page(desk: Desk, error: str | None = None) -> str:
    """What stands in the way, or else what is about to happen."""
    pieces = dossiers.standing(dossiers.pieces(desk.dossier.id)) if desk.dossier else []
    values: dict[str, Any] = {
        "question": desk.question,
        "dossier": desk.dossier,
        "faults": publishing.faults(pieces),
        "is_empty": all(each.part.kind is PartKind.HEADING for each in pieces if each.is_drawn),
        "edition": dossiers.last_edition(desk.dossier.id) if desk.dossier else None,
        "error": error,
    }
    return render_template("steering/dossier_publish.html", **values)
