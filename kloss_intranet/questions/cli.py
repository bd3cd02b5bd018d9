"""The command that asks what has happened since a meeting."""

import click
from flask import current_app
from flask.cli import with_appcontext

from ..core import clock
from ..core.db import db
from . import notifications
from .queries import echoes, telling


@click.command("send-echoes")
@with_appcontext
def send_echoes() -> None:
    """Ask what happened after meetings of three months ago; safe to run again, for every night."""
    # Letters are written by templates, which expect the surroundings of a request.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].base_url):
        before = telling.echoes_written()
        for meeting in echoes.due(clock.now()):
            for matters, readers in echoes.asked(echoes.matters(meeting), clock.today()):
                notifications.tell_of_echo(meeting, matters, readers)
        written = telling.echoes_written() - before
        db.session.commit()
    click.echo(f"echoes: {written} in the outbox")
