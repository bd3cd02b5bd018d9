"""The commands that check the log and give its head, to be kept elsewhere."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from ..core.db import db, writing
from .services import verifying


@click.group("audit")
def audit() -> None:
    """Check the log of what has been done, and take out its head."""


@audit.command("head")
@with_appcontext
def head() -> None:
    """Print how many entries there are, the hash of the last, and the time; append it to a file elsewhere."""
    found = verifying.head()
    db.session.rollback()
    click.echo(str(found))


@audit.command("verify")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="the file with the lines that `audit head` printed, day by day",
)
@with_appcontext
def verify(heads: Path | None) -> None:
    """Go through every entry; ends with 1 when something has been changed, removed, added or moved."""
    writing.set(False)  # only reads, and lets others write between batches
    verdict = verifying.verify(_read(heads) if heads else [], rest=db.session.rollback)
    writing.set(True)
    for fault in verdict.faults:
        which = f" (number {fault.entry})" if fault.entry is not None else ""
        click.echo(f"audit: entry {fault.place}{which} {fault.sentence}")
    click.echo(f"audit: {verdict.number} entries, {len(verdict.faults)} faults, head {verdict.hash or '-'}")
    if not heads:
        click.echo("audit: without --heads, entries missing at the end and a chain made anew are not seen")
    if verdict.faults:
        raise SystemExit(1)


def _read(path: Path) -> list[verifying.Head]:
    """The heads in the file. Raises click's own complaint, with the line, about one that is none."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(verifying.parse(line))
            except ValueError:
                raise click.BadParameter(f"line {number} is no head", param_hint="--heads") from None
    return found
