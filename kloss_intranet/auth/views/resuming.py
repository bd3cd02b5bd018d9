"""A session that ended while somebody wrote: what the form held goes along through the door as a draft."""

from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core.access import actor
from ...core.db import db
from ...core.errors import KEPT, flash_done, sent_from_here
from ...core.language import gettext as _
from ...core.policy import Actor
from ...core.slots import fills
from ...core.words import Refusal
from ...threads.services import drafts
from ..forms import LoginForm


def carried_in(prefix: str) -> dict[str, str]:
    """The fields of a form that was sent without a session, for a draft; never the fields of the door."""
    if request.method != "POST" or not sent_from_here():
        return {}
    names = (*drafts.FIELDS, "draft_spot", "draft_version")
    sent = {name: request.form.get(f"{prefix}{name}", "")[: drafts.LONGEST] for name in names}
    return {name: value for name, value in sent.items() if value} if sent["draft_spot"] else {}


def resume(person: Actor, carried: dict[str, str]) -> ResponseReturnValue:
    """Make what a form held when the session was gone a draft of whoever signed in, and lead there."""
    try:
        draft = drafts.save_at(person, carried["draft_spot"], carried)
    except drafts.NewerDraft as newer:
        return render_template("threads/both.html", **drafts.beside(newer.draft, carried)), 409
    except Refusal as refusal:
        reason = _(refusal.sentence, **refusal.values)
        page = {"title": _("Du är inloggad, men texten är inte sparad"), "reason": reason, "ways": []}
        return render_template(
            "layout/error.html", status=refusal.status, kept=drafts.words(carried), **page
        ), refusal.status
    db.session.commit()
    if draft is None:
        return redirect(url_for("home.index"), 303)
    flash_done(_("Du är inloggad, och texten är sparad som utkast."))
    return redirect(url_for("threads.resume_draft", draft_id=draft.id), 303)


@fills("error.kept")
def of_error(status: int) -> Markup:
    """The way in, for somebody whose session ended while they wrote; what the form held goes along."""
    if actor() is not None or status not in (401, 403) or request.method != "POST":
        return Markup()
    before = urlsplit(request.referrer or "")
    back = before.path if before.netloc == request.host else ""
    form = LoginForm(formdata=None, next=back)
    carried = carried_in("") or carried_in(KEPT)
    return Markup(render_template("auth/_door.html", form=form, carried=carried))  # noqa: S704 - a template
