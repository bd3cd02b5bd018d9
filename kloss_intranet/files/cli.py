"""The command that takes away files nobody knows."""

import click
from flask import current_app
from flask.cli import with_appcontext

from .services import keeping


@click.command("sweep-files")
@with_appcontext
def sweep_files() -> None:
    """Remove files whose request failed after they were written; safe at any time."""
    removed = keeping.sweep(current_app.config["SETTINGS"].files)
    click.echo(f"files: {removed} removed")
