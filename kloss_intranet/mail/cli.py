"""The command that empties the outbox."""

import click
from flask import current_app
from flask.cli import with_appcontext

from ..core import clock
from . import queries
from .transport import deliver


@click.command("deliver-mail")
@with_appcontext
def deliver_mail() -> None:
    """Send the letters that wait in the outbox."""
    sent = deliver(current_app.config["SETTINGS"], clock.now())
    click.echo(f"letters: {sent} sent, {queries.waiting()} waiting")
