"""The demo's own mailbox: letters as they would have been sent."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from ..core.access import public

bp = Blueprint("mail", __name__)
MOST_SHOWN = 50


@dataclass(frozen=True)
class Shown:
    to: str
    subject: str
    sent_at: datetime | None
    plain: str


@bp.get("/dev/mail")
@public
def dev() -> ResponseReturnValue:
    settings = current_app.config["SETTINGS"]
    if not settings.demo or not settings.mail.startswith("folder:"):
        abort(404)
    folder = settings.instance / (settings.mail.removeprefix("folder:") or "mail")
    paths = sorted(folder.glob("*.eml"), key=lambda path: int(path.stem), reverse=True)
    return render_template("mail/dev.html", letters=[_read(path) for path in paths[:MOST_SHOWN]])


def _read(path: Path) -> Shown:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Shown(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=message["Date"].datetime,
        plain=body.get_content().replace("\r\n", "\n") if body else "",
    )
