"""The files beside a post: fetched by readers, added to, replaced and withdrawn by the one who wrote it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.download import download
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext, lazy
from ...core.policy import Permission, may
from ...core.security import takes_files
from ...core.words import Refusal
from ...files.services.keeping import place_of
from .. import queries
from ..forms import NO_FILE, FileForm
from ..models import Attachment, AttachmentVersion, Post
from ..queries import attachments as files
from ..services import attaching
from .attachments import chosen, folder, waiting
from .blueprint import bp
from .folding import is_away

KINDS = {
    "application/pdf": lazy("PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": lazy("Word-dokument"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lazy("Excel-dokument"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": lazy("PowerPoint-dokument"),
    "application/vnd.oasis.opendocument.text": lazy("OpenDocument, text"),
    "application/vnd.oasis.opendocument.spreadsheet": lazy("OpenDocument, kalkylark"),
    "application/vnd.oasis.opendocument.presentation": lazy("OpenDocument, presentation"),
    "text/plain": lazy("text"),
    "text/csv": lazy("tabell (CSV)"),
    "image/png": lazy("bild (PNG)"),
    "image/jpeg": lazy("bild (JPEG)"),
    "image/webp": lazy("bild (WebP)"),
}

bp.add_app_template_filter(lambda media_type: KINDS[media_type], "file_kind")


@bp.get("/posts/<int:post_id>/attachments", endpoint="files")
@requires(Permission.REVISION_READ, find=queries.post)
def show_files(post: Post) -> ResponseReturnValue:
    if is_away(post):
        return redirect(url_for("threads.locate", post_id=post.id), 303)
    return _page(post, FileForm(formdata=None))


@bp.post("/posts/<int:post_id>/attachments")
@takes_files
@requires(Permission.POST_EDIT, find=queries.post)
def add_file(post: Post) -> ResponseReturnValue:
    form = FileForm()
    if not form.validate():
        return _page(post, form), 422
    given = form.file.data
    try:
        attaching.add(post, given.filename, given.stream, form.alt.data, folder())
    except Refusal as refusal:
        refusal.field = "alt" if refusal.field == "alt" else "file"
        add_refusal(form, refusal)
        return _page(post, form), refusal.status
    return _done(post, gettext("Filen är bifogad."))


@bp.get("/attachments/<int:attachment_id>")
@requires(Permission.ATTACHMENT_READ, find=files.attachment)
def fetch(attachment: Attachment) -> ResponseReturnValue:
    _check_fold(attachment)
    return _sent(attachment.versions[-1])


@bp.get("/attachments/<int:attachment_id>/versions/<int:number>")
@requires(Permission.ATTACHMENT_READ, find=files.attachment)
def fetch_version(attachment: Attachment) -> ResponseReturnValue:
    _check_fold(attachment)
    wanted = (request.view_args or {})["number"]
    return _sent(next(version for version in attachment.versions if version.number == wanted))


@bp.post("/attachments/<int:attachment_id>/versions")
@takes_files
@requires(Permission.ATTACHMENT_WRITE, find=files.attachment)
def replace_file(attachment: Attachment) -> ResponseReturnValue:
    post = _bound(attachment)
    try:
        if not (given := chosen("file")):
            raise Refusal(NO_FILE)
        attaching.replace(attachment, given[0].filename, given[0].stream, folder())
    except Refusal as refusal:
        return _page(post, FileForm(formdata=None), {attachment.id: refusal}), refusal.status
    return _done(post, gettext("Den nya versionen är bifogad. De tidigare finns kvar."))


@bp.post("/attachments/<int:attachment_id>/descriptions")
@requires(Permission.ATTACHMENT_WRITE, find=files.attachment)
def describe_file(attachment: Attachment) -> ResponseReturnValue:
    post = _bound(attachment)
    try:
        attaching.describe(attachment, request.form.get("alt"))
    except Refusal as refusal:
        return _page(post, FileForm(formdata=None), {attachment.id: refusal}), refusal.status
    return _done(post, gettext("Beskrivningen är sparad."))


@bp.post("/attachments/<int:attachment_id>/withdrawals")
@requires(Permission.ATTACHMENT_WRITE, find=files.attachment)
def withdraw_file(attachment: Attachment) -> ResponseReturnValue:
    """Away from its post, or away from the form that a script is filling in."""
    attaching.withdraw(attachment)
    if attachment.post is not None:
        return _done(attachment.post, gettext("Filen är borttagen från inlägget."))
    db.session.commit()
    return waiting(attachment.submission or "")


def _check_fold(attachment: Attachment) -> None:
    """A file beside a folded post is folded with it, but not what is evidence for those who moderate."""
    is_evidence = attachment.is_hidden and may(me(), Permission.ATTACHMENT_MODERATE, attachment)
    if attachment.post is not None and not is_evidence and is_away(attachment.post):
        abort(404)


def _bound(attachment: Attachment) -> Post:
    if attachment.post is None:
        abort(404)
    return attachment.post


def _page(post: Post, form: FileForm, refused: dict[int, Refusal] | None = None) -> str:
    said = {at: gettext(refusal.sentence, **refusal.values) for at, refusal in (refused or {}).items()}
    shown = [each for each in files.with_versions(post.id) if may(me(), Permission.ATTACHMENT_READ, each)]
    return render_template("threads/files.html", post=post, form=form, attachments=shown, refused=said)


def _done(post: Post, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash_done(sentence)
    return redirect(url_for("threads.files", post_id=post.id), 303)


def _sent(version: AttachmentVersion) -> ResponseReturnValue:
    return download(place_of(version.file.digest, folder()), version.file.media_type, version.name)
