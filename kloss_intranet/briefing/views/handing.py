"""Hands out a document as a file, or says how far it has come."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from ...audit.services import record
from ...core import clock
from ...core.access import me
from ...core.db import db, write_now
from ...core.download import download
from ...core.errors import wants_json
from ...core.words import Refusal, text
from ..models import Document
from ..services import drawing
from ..services.keeping import Kept, Kind
from ..services.typesetting import NotDrawn

TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOT_DRAWN = text("Filen gick inte att göra. Läs samma sak på sidan, och säg till koordinatorn.")


def hand_out(document: Document, kind: Kind, name: str, act: str, subject: str) -> ResponseReturnValue:
    """The file under `name`; while a long one is drawn, the page that tells how far it has come.

    That the file was taken out is recorded as `act` on `subject`.
    """
    kept = Kept(current_app.config["SETTINGS"].drawn, document, kind)
    try:
        is_ready = drawing.is_ready(kept, document, kind, clock.now())
    except NotDrawn as error:
        raise Refusal(NOT_DRAWN, status=503) from error
    if wants_json():
        return {"ready": is_ready, "share": kept.progress.share, "failed": kept.progress.has_failed}
    if is_ready:
        if request.method == "GET":
            write_now()
            record(act, subject, me().member_id, kind=kind)
            db.session.commit()
        return download(kept.file, TYPES[kind], f"{name}.{kind}")
    progress = kept.progress
    if progress.has_failed:
        raise Refusal(NOT_DRAWN, status=503)
    drawn = render_template("briefing/waiting.html", document=document, progress=progress, here=request.path)
    return drawn, 202
