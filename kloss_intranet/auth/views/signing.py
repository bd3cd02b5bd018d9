"""Signing in and out."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.access import actor, is_own_path, login_manager, member_loader, public
from ...core.db import db
from ...core.errors import KEPT
from ...core.form import add_refusal
from ...core.words import Refusal, text
from ...threads.services import drafts
from .. import queries, services
from ..forms import LoginForm
from .blueprint import bp
from .resuming import carried_in, resume

login_manager.user_loader(queries.actor)
member_loader(queries.actor_of)

WRONG = Refusal(text("E-postadressen eller lösenordet stämmer inte."))
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {name: name for name in ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux")}


@bp.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    form, kept, person = LoginForm(next=request.args.get("next", "")), carried_in(KEPT), actor()
    if person is not None:
        return resume(person, kept) if kept else redirect(url_for("home.index"), 303)
    page = {"form": form, "carried": kept, "kept": drafts.words(kept)}
    if not form.validate_on_submit():
        return render_template("auth/login.html", **page), 422 if form.is_submitted() else 200
    email = str(form.email.data).lower()
    keys = keys_of("sign-in", email)
    try:
        services.refuse_if_too_many(*keys)
        # Counted before the slow check, so that many at the same time are counted too.
        tries = services.note_failure(*keys)
        account = queries.account(email)
        db.session.commit()
        known = account.password_hash if account else None
        if not services.verify(known, str(form.password.data)) or account is None:
            services.refuse_sign_in(account.member_id if account else None)
            db.session.commit()
            raise WRONG
    except Refusal as refusal:
        add_refusal(form, refusal)
        return render_template("auth/login.html", **page), refusal.status
    services.forgive(tries)
    return enter(account.member_id, form.next.data, kept)


@bp.post("/logout")
@public
def logout() -> ResponseReturnValue:
    person = actor()
    if person is not None:
        services.end_session(person.session_id, person.member_id)
        db.session.commit()
    access.sign_out()
    return redirect(url_for("auth.login"), 303)


def enter(member_id: int, wanted: str | None, kept: dict[str, str] | None = None) -> ResponseReturnValue:
    """Begin a session for the member in this browser and go where they were going."""
    token = services.start_session(member_id, _browser())
    db.session.commit()
    person = queries.actor(token)
    if person is None:
        return redirect(url_for("auth.login"), 303)
    access.sign_in(person)
    if kept:
        return resume(person, kept)
    return redirect(wanted if wanted and is_own_path(wanted) else url_for("home.index"), 303)


def keys_of(act: str, email: str) -> tuple[str, str]:
    secret = current_app.config["SETTINGS"].secret_key
    return services.keyed(secret, act, email), services.keyed(secret, act, "from", request.remote_addr or "")


def _browser() -> str:
    """The browser in words its owner knows: `Firefox · Windows`."""
    agent = request.user_agent.string
    kinds = [next((name for mark, name in kind.items() if mark in agent), "") for kind in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in kinds if name)
