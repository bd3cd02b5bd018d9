"""The command that takes away files nobody knows, and those drawn more than a day ago."""

import click
from flask import current_app
from flask.cli import with_appcontext

from .services import keeping


@click.command("sweep-files")
@with_appcontext
def sweep_files() -> None:
    """Remove files whose request failed after they were written, and old drawn ones; safe at any time."""
    settings = current_app.config["SETTINGS"]
    click.echo(f"files: {keeping.sweep(settings.files)} removed")
    click.echo(f"drawn: {keeping.sweep_passing(settings.drawn)} removed")
