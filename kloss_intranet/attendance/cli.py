"""The command that erases what participants needed."""

import click
from flask.cli import with_appcontext

from ..core import clock
from ..core.db import db
from .services import needs


@click.command("erase-needs")
@with_appcontext
def erase_needs() -> None:
    """Erase participants' needs thirty days after their meeting; to be run every night."""
    erased = needs.erase(clock.now())
    db.session.commit()
    # Also when nothing was due: what members took back themselves has left its traces.
    needs.scrub()
    click.echo(f"needs: {erased} erased")
