"""For the steering group: naming the ends of an axis, closing it and taking it away."""

from flask import redirect, render_template, request, url_for
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
from ..forms import AxisForm
from ..queries import Strip
from ..services import setting
from .blueprint import bp


@bp.get("/<int:question_id>/breadth/edit")
@requires(Permission.BREADTH_SET, find=queries.to_set)
def edit(strip: Strip) -> str:
    axis = strip.axis if strip.is_there else None
    known = {"low_end": axis.low_end, "high_end": axis.high_end} if axis else {}
    return _page(strip, AxisForm(formdata=None, data=known), _stored(strip))


@bp.post("/<int:question_id>/breadth/revisions")
@requires(Permission.BREADTH_SET, find=queries.to_set)
def revise(strip: Strip) -> ResponseReturnValue:
    form, version = AxisForm(), request.form.get("version", 0, type=number)
    if not form.validate():
        return _page(strip, form, version), 422
    try:
        is_changed = setting.set_ends(
            strip, form.low_end.data or "", form.high_end.data or "", version, me().member_id
        )
    except setting.Clash as clash:
        # Sent again, the form replaces what the reader has now been shown.
        now = queries.of(strip.question)
        return _page(now, form, _stored(now), is_clash=True), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(queries.of(strip.question), form, version), refusal.status
    db.session.commit()
    flash_done(gettext("Frågan har en breddremsa.") if is_changed else gettext("Inget var ändrat."))
    return _to_question(strip)


@bp.get("/<int:question_id>/breadth/ending")
@requires(Permission.BREADTH_SET, find=queries.to_set)
def ending(strip: Strip) -> str:
    return render_template("breadth/ending.html", strip=strip, question=strip.question)


@bp.post("/<int:question_id>/breadth/endings")
@requires(Permission.BREADTH_SET, find=queries.to_set)
def end(strip: Strip) -> ResponseReturnValue:
    is_closed = setting.end(strip, me().member_id)
    db.session.commit()
    flash_done(
        gettext("Breddremsan är stängd. Prickarna står kvar.")
        if is_closed
        else gettext("Breddremsan är borttagen.")
    )
    return _to_question(strip)


@bp.post("/<int:question_id>/breadth/openings")
@requires(Permission.BREADTH_SET, find=queries.to_set)
def reopen(strip: Strip) -> ResponseReturnValue:
    setting.reopen(strip, me().member_id)
    db.session.commit()
    flash_done(gettext("Breddremsan är öppen igen."))
    return _to_question(strip)


def _page(strip: Strip, form: AxisForm, version: int, *, is_clash: bool = False) -> str:
    return render_template(
        "breadth/edit.html",
        strip=strip,
        question=strip.question,
        form=form,
        version=version,
        is_clash=is_clash,
    )


def _stored(strip: Strip) -> int:
    """The version of the axis that there is; 0 when there has been none."""
    return strip.axis.version if strip.axis else 0


def _to_question(strip: Strip) -> Response:
    return redirect(url_for("questions.show", question_id=strip.id, _anchor="breadth"), 303)
