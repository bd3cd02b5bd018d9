"""What must hold in a file and between files, checked on text so that one bad cell hides nothing else."""

from collections.abc import Mapping

from .sheets import Reference, Sheet
from .tables import Row, Table

Tables = Mapping[str, Table]


def check(sheet: Sheet, tables: Tables) -> None:
    """Add to the sheet's table what is doubled, what points nowhere and which rule of a row is broken."""
    table = tables[sheet.file]
    for columns in sheet.unique:
        _check_unique(columns, table)
    for reference in sheet.references:
        _check_reference(reference, table, tables[reference.file])
    if table.has(sheet.columns):
        for row in table.rows:
            for rule in sheet.rules if row.whole else ():
                if reason := rule(row.cells):
                    table.fault(row.line, reason)


def check_gaps(column: str, meetings: Table, part: Table) -> None:
    """A meeting marked `no` in `column` has no line in `part`; one marked `yes` has at least one."""
    if not (meetings.has(("slug", column)) and part.has(("meeting",))):
        return
    marked = {row.cells.get("slug", ""): row.cells.get(column, "") for row in meetings.rows}
    for row in part.rows:
        slug = row.cells.get("meeting", "")
        if marked.get(slug) == "no":
            part.fault(
                row.line, f"meeting: {slug!r} has {column}=no in {meetings.file}; allowed: those with yes"
            )
    told = {row.cells.get("meeting") for row in part.rows}
    for row in meetings.rows:
        slug = row.cells.get("slug", "")
        if row.cells.get(column) == "yes" and slug and slug not in told:
            meetings.fault(row.line, f"{column}: is yes, but {part.file} has no line for {slug!r}")


def _check_unique(columns: tuple[str, ...], table: Table) -> None:
    if not table.has(columns):
        return
    first: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        key = tuple(row.cells.get(column, "") for column in columns)
        # Later cells may be empty, as a guest's name may; an empty first cell is a fault of its own.
        if key[0] and first.setdefault(key, row) is not row:
            table.fault(row.line, f"{_named(columns, key)} already stands on line {first[key].line}")


def _check_reference(reference: Reference, table: Table, target: Table) -> None:
    if not target.has(reference.target):
        return  # told once, as the fault of that file
    known = {row.key(reference.target) for row in target.rows}
    allowed = f"{' and '.join(reference.target)} of a line in {reference.file}"
    if reference.besides:
        allowed += f" or {reference.besides!r}"
    for row in table.rows:
        key = row.key(reference.columns)
        if key and key not in known and key != (reference.besides,):
            table.fault(row.line, f"{_named(reference.columns, key)} is unknown; allowed: {allowed}")


def _named(columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    return ", ".join(f"{column} {cell!r}" for column, cell in zip(columns, key, strict=True))
