"""The directory, and a page for each institution and each member."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..core import clock
from ..core.access import me, requires
from ..core.db import db
from ..core.form import add_refusal
from ..core.language import gettext as _
from ..core.policy import Permission
from ..core.words import Refusal
from . import queries, services
from .forms import EndMandateForm
from .models import Institution, Mandate, Member

bp = Blueprint("members", __name__, url_prefix="/members")


@bp.get("/")
@requires(Permission.MEMBER_READ)
def index() -> ResponseReturnValue:
    words = " ".join(request.args.get("q", "").split())[:100]
    seats = queries.directory(clock.today(), words)
    return render_template("members/index.html", seats=seats, words=words)


@bp.get("/<int:member_id>")
@requires(Permission.MEMBER_READ, find=queries.member)
def show(member: Member) -> ResponseReturnValue:
    mandates = queries.mandates_of(member.id)
    roles = queries.roles_on(clock.today()).get(member.id, [])
    return render_template("members/show.html", member=member, mandates=mandates, roles=roles)


@bp.get("/institutions/<string:slug>")
@requires(Permission.MEMBER_READ, find=queries.institution)
def institution(shown: Institution) -> ResponseReturnValue:
    holders, today = queries.holders_of(shown.id), clock.today()
    return render_template("members/institution.html", institution=shown, holders=holders, today=today)


@bp.route("/mandates/<int:mandate_id>/endings", methods=["GET", "POST"])
@requires(Permission.MEMBER_INVITE, find=queries.mandate)
def end_mandate(mandate: Mandate) -> ResponseReturnValue:
    form = EndMandateForm(ends_on=mandate.ends_on or clock.today())
    if form.validate_on_submit() and form.ends_on.data:
        try:
            services.end_mandate(mandate, form.ends_on.data, me().member_id)
            db.session.commit()
            flash(_("Uppdragets sista dag är sparad."))
            return redirect(url_for("members.show", member_id=mandate.member_id), 303)
        except Refusal as refusal:
            add_refusal(form, refusal)
    status = 422 if form.is_submitted() else 200
    return render_template("members/end_mandate.html", form=form, mandate=mandate), status
