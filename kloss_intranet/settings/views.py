"""One's own settings: language, password and where one is signed in."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ..auth import queries as door
from ..auth import services as rules
from ..auth.models import Session
from ..core import access
from ..core.access import actor, is_own_path, me, public, requires
from ..core.db import db
from ..core.form import add_refusal
from ..core.language import LANGUAGES
from ..core.language import gettext as _
from ..core.policy import Permission
from ..core.words import Refusal
from ..moderation.queries import own as matters
from . import services
from .forms import LanguageForm, PasswordForm

bp = Blueprint("settings", __name__, url_prefix="/settings")


@bp.get("/")
@requires(Permission.SETTING_READ)
def index() -> ResponseReturnValue:
    return _page(PasswordForm())


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    """Change the language here, and for good for somebody who is signed in."""
    chosen = request.form.get("language", "")
    wanted = request.form.get("next", "").rstrip("?")
    person = actor()
    if chosen in LANGUAGES:
        session["language"] = chosen
        member = door.member(person.member_id) if person else None
        if member is not None:
            services.change_language(member, chosen)
            db.session.commit()
    return redirect(wanted if is_own_path(wanted) else url_for("home.index"), 303)


@bp.post("/password")
@requires(Permission.SETTING_WRITE)
def password() -> ResponseReturnValue:
    form = PasswordForm()
    member = door.member(me().member_id)
    if not form.validate_on_submit() or member is None:
        return _page(form, 422)
    secret, name = current_app.config["SETTINGS"].secret_key, str(member.id)
    keys = rules.keyed(secret, "password", name), rules.keyed(secret, "password", "from", name)
    try:
        rules.refuse_if_too_many(*keys)
        tries = rules.note_failure(*keys)
        db.session.commit()
        services.change_password(member, str(form.current.data), str(form.password.data), me().session_id)
    except Refusal as refusal:
        db.session.commit()  # that it was tried is on record
        add_refusal(form, refusal)
        return _page(form, refusal.status)
    rules.forgive(tries)
    db.session.commit()
    flash(_("Lösenordet är ändrat. Andra enheter är utloggade."))
    return redirect(url_for("settings.index"), 303)


@bp.post("/sessions/<int:session_id>/endings")
@requires(Permission.SESSION_END, find=door.open_session)
def end_session(ended: Session) -> ResponseReturnValue:
    rules.end_session(ended.id, me().member_id)
    db.session.commit()
    if ended.id == me().session_id:
        access.sign_out()
        return redirect(url_for("auth.login"), 303)
    flash(_("Enheten är utloggad."))
    return redirect(url_for("settings.index"), 303)


def _page(form: PasswordForm, status: int = 200) -> ResponseReturnValue:
    sessions = door.open_sessions(me().member_id)
    choice = LanguageForm(formdata=None, language=me().language)
    has_matters = matters.has_any(me().member_id)
    values = {"form": form, "choice": choice, "sessions": sessions, "has_matters": has_matters}
    return render_template("settings/index.html", **values), status
