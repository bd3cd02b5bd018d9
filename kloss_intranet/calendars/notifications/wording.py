"""What a calendar says of a meeting, in the language at hand."""

import re
from email.utils import parseaddr
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, render_template, url_for

from ...core.language import gettext
from ...meetings.models import Meeting, MeetingMode, MeetingState
from ..services.writing import Entry, Party, Sender


def sender() -> Sender:
    """The office, under the address its letters come from: programs trust no invitation from anyone else."""
    settings = current_app.config["SETTINGS"]
    name, address = parseaddr(settings.mail_from)
    return Sender(Party(name or "KLOSSnet", address), urlsplit(settings.base_url).hostname or "localhost")


def called(meeting: Meeting) -> str:
    """What pages call the meeting; the words belong to its own views, which templates reach."""
    return cast(str, current_app.jinja_env.filters["meeting_label"](meeting))


def entry(meeting: Meeting) -> Entry:
    """The meeting, which comes with its hosts and programme."""
    name, url = called(meeting), address(meeting)
    if meeting.state is MeetingState.CANCELLED:
        # Some programs show nothing of a status.
        name = gettext("Inställd: %(meeting)s", meeting=name)
    said = render_template("calendars/description.txt", meeting=meeting, url=url)
    return Entry(meeting, name, re.sub(r"\n{3,}", "\n\n", said).strip(), place(meeting), url)


def address(meeting: Meeting) -> str:
    """The meeting's page, from anywhere."""
    base: str = current_app.config["SETTINGS"].base_url
    return base + url_for("meetings.show", slug=meeting.slug)


def place(meeting: Meeting) -> str | None:
    """Where to go: the house and the town, else the link, which many programs make a button of."""
    if meeting.mode is MeetingMode.DIGITAL:
        return meeting.link_url or gettext("Digitalt")
    return ", ".join(filter(None, (meeting.venue, meeting.place))) or None
