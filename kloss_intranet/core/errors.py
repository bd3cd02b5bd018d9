"""Errors are pages too: what happened, why, and the way out."""

import logging
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, Unauthorized

from .access import actor
from .db import db
from .language import gettext, size
from .policy import TABLE, Permission
from .text import to_text
from .words import Refusal

log = logging.getLogger(__name__)
LONGEST_KEPT = 400_000
KEPT = "kept-"
"""Stands before the names of fields that a sign-in form carries on for another form."""
SECRET = ("password", "token", "csrf", "submission")
"""What the names of fields contain that are never shown again."""
CARRIED = frozenset(
    (
        "anyway",
        "done",
        "draft_page",
        "draft_spot",
        "draft_turn",
        "draft_version",
        "first",
        "format",
        "from",
        "here",
        "kind",
        "language",
        "looks_en",
        "looks_sv",
        "mark",
        "next",
        "overview",
        "question",
        "readers",
        "reply_to",
        "seen",
        "seq",
        "shown",
        "step",
        "version",
        "was",
        "way",
        "whole",
    )
)
"""Fields in which a form carries something for itself: nobody wrote them."""


def _page(status: int, title: str, reason: str) -> ResponseReturnValue:
    db.session.rollback()
    if wants_json():
        return {"status": status, "title": title, "reason": reason}, status
    kept = _text_sent() if request.method == "POST" and status not in (400, 413) else ""
    return render_template(
        "layout/error.html", status=status, title=title, reason=reason, kept=kept, ways=[]
    ), status


def _text_sent() -> str:
    """The words of the text that the request held, as the one who wrote it may copy them."""
    name = "body" if "body" in request.form else f"{KEPT}body"
    if name not in request.form:
        # A form with several fields: all that was written or chosen, also a single word.
        sent = [value.strip() for field, value in request.form.items(multi=True) if _was_written(field)]
        return "\n\n".join(value for value in sent if value)[:LONGEST_KEPT]
    body = request.form[name]
    if request.form.get(name.replace("body", "format")) == "html":
        try:
            body = to_text(body)
        except Refusal:
            return body[:LONGEST_KEPT]
    return body[:LONGEST_KEPT]


def _was_written(field: str) -> bool:
    name = field.removeprefix(KEPT)
    return name not in CARRIED and not any(word in name for word in SECRET)


def wants_json() -> bool:
    """Whether a script of ours asks, and not somebody who turns pages."""
    return request.accept_mimetypes.best == "application/json"


def sent_from_here() -> bool:
    """Whether the request came from a page of ours, as far as the browser says."""
    origin = request.headers.get("Origin")
    own = {request.host, urlsplit(current_app.config["SETTINGS"].base_url).netloc}
    return origin is None or urlsplit(origin).netloc in own


def _forbidden(error: HTTPException) -> ResponseReturnValue:
    permission = str(error.description)
    act = gettext(TABLE[Permission(permission)].sentence) if permission in list(Permission) else ""
    reason = (
        gettext("Det här kräver en rättighet som du inte har: %(act)s.", act=act)
        if act
        else gettext("Du har inte rätt att göra det här.")
    )
    return _page(
        403,
        gettext("Det får du inte göra här"),
        reason + " " + gettext("Fråga koordinatorn om du borde ha den."),
    )


def _known(error: HTTPException) -> ResponseReturnValue:
    texts = {
        400: (gettext("Begäran gick inte att läsa"), gettext("Gå tillbaka, ladda om sidan och försök igen.")),
        401: (
            gettext("Du behöver logga in"),
            gettext("Logga in och försök igen. Det du skrev står kvar nedan."),
        ),
        404: (
            gettext("Sidan finns inte"),
            gettext("Adressen är felskriven, eller så har du inte tillgång till sidan."),
        ),
        405: (gettext("Så går sidan inte att använda"), gettext("Gå tillbaka och använd knappen på sidan.")),
        410: (gettext("Länken är förbrukad"), gettext("Be om en ny länk.")),
        413: (
            gettext("Det var för mycket på en gång"),
            gettext(
                "Det som skickades är för stort. Det får vara högst %(most)s på en gång.",
                most=size(request.max_content_length or 0),
            ),
        ),
        429: (gettext("För många försök"), gettext("Vänta en kvart och försök igen.")),
    }
    code = error.code or 500
    title, reason = texts.get(code, (gettext("Något gick fel"), gettext("Försök igen om en stund.")))
    return _page(code, title, reason)


def _csrf(error: CSRFError) -> ResponseReturnValue:
    view = current_app.view_functions.get(request.endpoint or "")
    if actor() is None and not getattr(view, "is_public", False):
        return _known(Unauthorized())  # the session is gone, and the token with it
    return _page(
        403,
        gettext("Formuläret gällde inte längre"),
        gettext("Ladda om sidan och skicka igen. Det du skrev står kvar nedan."),
    )


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return _page(refusal.status, gettext("Det gick inte"), gettext(refusal.sentence, **refusal.values))


def _database(error: DBAPIError) -> ResponseReturnValue:
    log.exception("The database did not answer as it should")
    return _page(
        503,
        gettext("Databasen svarar inte"),
        gettext("Inget har sparats. Försök igen om en stund. Det du skrev står kvar nedan."),
    )


def _unexpected(error: Exception) -> ResponseReturnValue:
    if request.endpoint is None:
        return redirect(url_for("home.index"), 303)
    log.exception("Unexpected error")
    return _page(500, gettext("Något gick fel hos oss"), gettext("Felet är antecknat. Inget har sparats."))


def flash_done(sentence: str) -> None:
    """Say on the next page that something was done."""
    flash(sentence, "done")


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(403, _forbidden)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)
