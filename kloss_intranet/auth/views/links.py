"""Invitations and new passwords: the pages behind links that work once."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.access import me, public, requires
from ...core.db import db
from ...core.form import add_refusal, options
from ...core.language import gettext as _
from ...core.language import language
from ...core.policy import Permission
from ...core.words import Refusal
from ...members import queries as members
from ...members import services as membership
from .. import notifications, queries, services
from ..forms import InviteForm, PasswordForm, RecoverForm, WelcomeForm
from ..models import LinkKind
from .blueprint import bp
from .signing import enter, keys_of


@bp.route("/recover", methods=["GET", "POST"])
@public
def recover() -> ResponseReturnValue:
    form = RecoverForm()
    if not form.validate_on_submit():
        return render_template("auth/recover.html", form=form), 422 if form.is_submitted() else 200
    email = str(form.email.data).lower()
    keys = keys_of("recover", email)
    try:
        services.refuse_if_too_many(*keys)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return render_template("auth/recover.html", form=form), refusal.status
    services.note_failure(*keys)
    account = queries.account(email)
    member = queries.member(account.member_id) if account else None
    if member is not None:
        notifications.recovery(member, services.recover(member))
    db.session.commit()
    flash(_("Om adressen hör till en medlem har vi skickat en länk dit."))
    return redirect(url_for("auth.login"), 303)


@bp.route("/invitations/<string:token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    return _behind_link(token, LinkKind.INVITATION)


@bp.route("/recoveries/<string:token>", methods=["GET", "POST"])
@public
def recovery(token: str) -> ResponseReturnValue:
    return _behind_link(token, LinkKind.RECOVERY)


@bp.route("/invitations", methods=["GET", "POST"])
@requires(Permission.MEMBER_INVITE)
def invite() -> ResponseReturnValue:
    # The coordinator's desk names the seat, and the day after its last mandate.
    form = InviteForm(
        institution_id=request.args.get("institution"),
        starts_on=request.args.get("starts", clock.today(), type=date.fromisoformat),
    )
    seats = members.institutions()
    form.institution_id.choices = options(
        [("", _("Välj ett lärosäte")), *((str(seat.id), seat.name(language())) for seat in seats)]
    )
    if form.validate_on_submit():
        try:
            member = membership.register(
                email=str(form.email.data),
                name=str(form.name.data),
                institution_id=int(form.institution_id.data),
                title=str(form.title.data),
                starts_on=form.starts_on.data or clock.today(),
                language=form.language.data,
                by=me().member_id,
            )
            notifications.invitation(member, services.invite(member, me().member_id))
            db.session.commit()
            flash(_("Inbjudan är skickad till %(name)s.", name=member.name))
            return redirect(url_for("auth.invite"), 303)
        except Refusal as refusal:
            db.session.rollback()
            add_refusal(form, refusal)
    status = 422 if form.is_submitted() else 200
    return render_template("auth/invite.html", form=form, waiting=queries.open_invitations()), status


def _behind_link(token: str, kind: LinkKind) -> ResponseReturnValue:
    link = queries.entry_link(token, kind)
    if link is None:
        return _spent(token, kind)
    form = WelcomeForm(obj=link.member) if kind is LinkKind.INVITATION else PasswordForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        told = (form.name.data, form.language.data) if isinstance(form, WelcomeForm) else (None, None)
        try:
            member = services.accept(token, kind, str(form.password.data), *told)
            cookie["language"] = member.language
            return enter(member.id, None)
        except Refusal as refusal:
            if refusal.status == 410:
                return _spent(token, kind)
            add_refusal(form, refusal)
    return render_template("auth/password.html", form=form, member=link.member, kind=kind.value), status


def _spent(token: str, kind: LinkKind) -> ResponseReturnValue:
    status = 410 if queries.link_has_been(token, kind) else 404
    ways = [(_("Be om en ny länk"), url_for("auth.recover")), (_("Logga in"), url_for("auth.login"))]
    reason = _("Länken har redan använts, är för gammal eller har inte följt med hel i brevet.")
    title = _("Länken fungerar inte längre")
    return render_template("layout/error.html", status=status, title=title, reason=reason, ways=ways), status
