"""Placing one's own dot, taking it away, and choosing to look."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from .. import queries
from ..forms import DotForm
from ..queries import Strip
from ..services import placing
from .blueprint import bp
from .reading import page


@bp.post("/<int:question_id>/breadth/dots")
@requires(Permission.DOT_PLACE, find=queries.strip)
def place(strip: Strip) -> ResponseReturnValue:
    form = DotForm()
    if not form.validate():
        return page(strip, form), 422
    try:
        is_changed = placing.place(
            strip,
            me(),
            at=form.place.data,
            sentence=form.sentence.data or "",
            version=request.form.get("version", 0, type=number),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        # Drawn with the ends as they are now, which is what the form is then sent again for.
        return page(queries.of(strip.question), form), refusal.status
    db.session.commit()
    flash_done(gettext("Din prick är placerad.") if is_changed else gettext("Inget var ändrat."))
    return _to_strip(strip)


@bp.post("/<int:question_id>/breadth/withdrawals")
@requires(Permission.DOT_PLACE, find=queries.strip)
def take_away(strip: Strip) -> ResponseReturnValue:
    placing.take_away(strip, me())
    db.session.commit()
    flash_done(gettext("Din prick är borttagen."))
    return _to_strip(strip)


@bp.post("/<int:question_id>/breadth/looks")
@requires(Permission.DOT_PLACE, find=queries.strip)
def look(strip: Strip) -> ResponseReturnValue:
    placing.look(strip, me())
    db.session.commit()
    return _to_strip(strip)


def _to_strip(strip: Strip) -> Response:
    return redirect(url_for("breadth.show", question_id=strip.id), 303)
