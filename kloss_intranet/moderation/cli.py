"""The command that reminds the coordinators of reports that wait."""

import click
from flask import current_app
from flask.cli import with_appcontext

from ..core import clock
from ..core.db import db
from .notifications import reports
from .services import reporting


@click.command("send-reminders")
@with_appcontext
def send_reminders() -> None:
    """Remind coordinators of reports that have waited for two days; safe to run again, for every night."""
    # Letters are written by templates, which expect the surroundings of a request.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].base_url):
        now = clock.now()
        waiting = reporting.note_reminded(now)
        written = reports.remind(waiting, now) if waiting else 0
        db.session.commit()
    click.echo(f"reminders: {written} in the outbox")
