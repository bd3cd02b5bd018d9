"""Out of the outbox: claims letters, sends each one, and notes how it went."""

import re
import smtplib
import ssl
from datetime import datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from ..core.config import Settings
from ..core.db import db, writing
from . import queries, services
from .models import Letter

BATCH = 20
# Longer than a batch takes with a slow server; after it, letters of a deliverer that died are taken again.
LEASE = timedelta(minutes=15)
# What sending raises, and composing a letter that cannot be written; the latter have no common ancestor.
FAILURES = (OSError, ValueError, AttributeError, LookupError, TypeError, MessageError)
LONGEST_WAIT = 9  # as a power of two: minutes, eight and a half hours


class Transport(Protocol):
    def send(self, letter: Letter, message: EmailMessage) -> None:
        """Hand over one message. Raises OSError, to which smtplib's own errors belong."""


class Folder:
    """Writes each letter to a file named by its id; sent twice, it is still one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, letter: Letter, message: EmailMessage) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.path / f"{letter.id:06}.part"
        part.write_bytes(message.as_bytes())
        part.replace(part.with_suffix(".eml"))


class Smtp:
    """Sends through the server of an address like `smtp://user:password@host:587`."""

    def __init__(self, url: SplitResult) -> None:
        self.url = url

    def send(self, letter: Letter, message: EmailMessage) -> None:
        with smtplib.SMTP(self.url.hostname or "localhost", self.url.port or 25, timeout=20) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if self.url.username:
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
            server.send_message(message)


def transport(settings: Settings) -> Transport:
    """What KLOSS_MAIL asks for."""
    if settings.mail.startswith("folder:"):
        return Folder(settings.instance / (settings.mail.removeprefix("folder:") or "mail"))
    return Smtp(urlsplit(settings.mail))


def deliver(settings: Settings, now: datetime) -> int:
    """Send what is due at `now` and give how many letters went; a letter that fails is tried again later.

    A letter whose reader has lost the right to it since it was written is thrown away.

    The claim is committed before anything is sent, so that no lock is held while the server answers.
    """
    writing.set(True)
    carrier, sent = transport(settings), 0
    while letters := queries.claim(now, LEASE, BATCH):
        stopped = services.drop_stopped([letter.id for letter in letters])
        db.session.commit()
        for letter in letters:
            if letter.id in stopped:
                continue
            sent += _try(carrier, letter, settings, now)
            db.session.commit()
    db.session.commit()
    return sent


def _try(carrier: Transport, letter: Letter, settings: Settings, now: datetime) -> bool:
    letter.attempts += 1
    letter.leased_until = None
    try:
        carrier.send(letter, compose(letter, settings))
    except FAILURES as error:
        letter.last_error = f"{type(error).__name__}: {error}"[:500]
        letter.due_at = now + timedelta(minutes=2 ** min(letter.attempts, LONGEST_WAIT))
        return False
    letter.sent_at, letter.last_error = now, None
    return True


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as text with an HTML alternative; the same row gives the same Message-ID.

    What is for the calendar stands beside them, where mail programs look for an invitation, and as a file
    for those that look there.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    host = urlsplit(settings.base_url).hostname or "localhost"
    message["Message-ID"] = f"<letter-{letter.id}@{host}>"
    # Automatic answers must not come back (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    if letter.conversation:
        parent = f"<{letter.conversation}@{host}>"
        message["In-Reply-To"] = message["References"] = parent
    message.set_content(letter.plain, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.calendar:
        method = re.search(r"^METHOD:(\w+)", letter.calendar, re.MULTILINE)
        # It must be the method in the text itself (RFC 6047).
        params = {"method": method.group(1)} if method else {}
        message.add_alternative(letter.calendar, subtype="calendar", cte="base64", params=params)
        file = letter.calendar.encode()
        message.add_attachment(file, maintype="application", subtype="ics", filename="invite.ics")
    # Last, since giving a message its content clears all such headers.
    message["Content-Language"] = letter.language
    return message
