"""Offering to host, and taking an offer back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from .. import queries
from ..models import HostOffer, Term
from ..services import offers
from .blueprint import bp
from .overview import offer_form, page


@bp.post("/planning/offers")
@requires(Permission.OFFER_WRITE)
def offer() -> ResponseReturnValue:
    form, seat = offer_form(), me().institution_id
    if seat is None or not form.validate():
        return page(form), 422
    year, which = form.term.data.split("-")
    try:
        offers.offer(seat, int(year), Term(which), form.note.data, me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return page(form), refusal.status
    db.session.commit()
    flash_done(gettext("Tack. Erbjudandet syns för alla i nätverket."))
    return redirect(url_for("planning.index", _anchor="offers"), 303)


@bp.post("/planning/offers/<int:offer_id>/withdrawals")
@requires(Permission.OFFER_WITHDRAW, find=queries.offer)
def withdraw_offer(row: HostOffer) -> ResponseReturnValue:
    offers.withdraw(row, me().member_id)
    db.session.commit()
    flash_done(gettext("Erbjudandet är taget tillbaka."))
    return redirect(url_for("planning.index", _anchor="offers"), 303)
