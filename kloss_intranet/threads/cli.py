"""Commands about texts."""

import click
from flask.cli import with_appcontext

from ..core.db import db
from .models import Post, Revision
from .services.recleaning import reclean


@click.command("reclean-texts")
@with_appcontext
def reclean_texts() -> None:
    """Clean texts stored under an older allow-list; safe to stop and run again."""
    cleaned = 0
    for table in (Post, Revision):
        after = 0
        while True:
            after, number = reclean(table, after)
            db.session.commit()
            if not number:
                break
            cleaned += number
            click.echo(f"{table.__tablename__}: {cleaned} cleaned", err=True)
    click.echo(f"{cleaned} texts cleaned")
