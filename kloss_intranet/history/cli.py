"""The command that loads the network's history."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from .importer import import_history as bring_in
from .reader import DATA, BrokenFiles, read


@click.command("import-history")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATA)
@with_appcontext
def import_history(folder: Path) -> None:
    """Load institutions, themes and meetings since 2017, or the eight files in FOLDER; can be run again."""
    try:
        history = read(folder)
    except BrokenFiles as broken:
        for fault in broken.faults:
            click.echo(str(fault), err=True)
        click.echo(f"Nothing was imported: {len(broken.faults)} to mend.", err=True)
        raise SystemExit(1) from None
    total = bring_in(history, click.echo)
    click.echo(f"in all: {total}")
