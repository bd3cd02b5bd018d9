"""Files in the composer: kept while the text is being written, sent one by one or with the form."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ...core.access import me, requires
from ...core.db import db
from ...core.form import add_refusal, number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.security import takes_files
from ...core.words import Refusal, text
from ...files.services.keeping import LARGEST
from ...files.services.kinds import ENDINGS
from .. import queries
from ..forms import NO_FILE, ExperienceForm, ReplyForm
from ..models import Thread
from ..queries import attachments as files
from ..services import attaching
from .blueprint import bp

LONGEST_KEY = 64
ASKED = text("Bilderna är med. Beskriv dem för den som inte ser dem, eller publicera igen utan beskrivning.")


@dataclass(frozen=True)
class Terms:
    """What is said before a file is chosen; `largest` in bytes."""

    most: int = attaching.MOST_FILES
    largest: int = LARGEST
    longest_alt: int = attaching.LONGEST_ALT
    accept: str = ",".join(f".{ending}" for ending in ENDINGS)


bp.app_template_global("file_terms")(Terms)


@bp.app_template_global()
def pending_files(submission: str | None) -> tuple[files.AttachmentRow, ...]:
    """The files that wait in the form with this key."""
    return files.pending(me().member_id, submission) if submission else ()


def taken(form: ExperienceForm | ReplyForm) -> bool:
    """Keep the files a form brought, whatever becomes of its text; False when the form should come back.

    They are committed here, so that a refused text, a preview or a fault does not lose them.
    """
    form.submission.data = key = form.submission.data or secrets.token_urlsafe(12)
    if not is_key(key):
        return False
    writer = me().member_id
    before = {row.id for row in files.pending(writer, key)}
    if dropped := [at for given in request.form.getlist("drop") if (at := _number(given)) is not None]:
        attaching.drop(writer, key, dropped)
    try:
        attaching.describe_held(writer, key, _alts())
    except Refusal as refusal:
        add_refusal(form, refusal)
    for given in chosen("files"):
        try:
            attaching.hold(writer, key, given.filename, given.stream, folder())
        except Refusal as refusal:
            add_refusal(form, refusal)
    added = [row for row in files.pending(writer, key) if row.id not in before]
    db.session.commit()
    if any(row.is_picture for row in added) and not form.errors:
        add_refusal(form, Refusal(ASKED, field="files"))
    return not form.errors


@bp.post("/threads/<int:thread_id>/attachments")
@takes_files
@requires(Permission.POST_WRITE, find=queries.thread)
def attach(thread: Thread) -> ResponseReturnValue:
    """One file sent by the composer's script; the answer is the list of files that wait."""
    key = request.form.get("submission", "")
    given = chosen("file")
    if not given or not is_key(key):
        raise Refusal(NO_FILE)
    try:
        attaching.hold(me().member_id, key, given[0].filename, given[0].stream, folder())
    except Refusal as refusal:
        return waiting(key, refusal), refusal.status
    db.session.commit()
    return waiting(key)


def chosen(field: str) -> list[FileStorage]:
    """The files that were chosen; a browser sends an empty one for a field left alone."""
    return [given for given in request.files.getlist(field) if given.filename]


def folder() -> Path:
    """Where files lie."""
    place: Path = current_app.config["SETTINGS"].files
    return place


def is_key(submission: str) -> bool:
    """Whether this can be the key of a form."""
    return 0 < len(submission) <= LONGEST_KEY and "\0" not in submission


def waiting(submission: str, refusal: Refusal | None = None) -> str:
    """The list of files that wait in a form, for its script."""
    error = gettext(refusal.sentence, **refusal.values) if refusal else None
    return render_template("threads/_pending.html", pending=pending_files(submission), error=error)


def _alts() -> dict[int, str]:
    """What the form says of each picture, by the file's id."""
    said = {key.removeprefix("alt-"): value for key, value in request.form.items() if key.startswith("alt-")}
    return {at: value for key, value in said.items() if (at := _number(key)) is not None}


def _number(given: str) -> int | None:
    try:
        return number(given)
    except ValueError:
        return None
