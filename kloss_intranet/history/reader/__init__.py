"""The reader of the network's history: eight CSV files in, a `History` or every fault out."""

from pathlib import Path
from typing import Any

from .cells import tidy
from .checks import check, check_gaps
from .faults import BrokenFiles, Fault
from .lines import (
    STEERING_GROUP,
    AgendaLine,
    GuestLine,
    History,
    HostLine,
    InstitutionLine,
    MeetingLine,
    ProgrammeLine,
    QuestionLine,
    ThemeLine,
)
from .sheets import SHEETS, Sheet
from .tables import Table, load

__all__ = [
    "DATA",
    "STEERING_GROUP",
    "AgendaLine",
    "BrokenFiles",
    "Fault",
    "GuestLine",
    "History",
    "HostLine",
    "InstitutionLine",
    "MeetingLine",
    "ProgrammeLine",
    "QuestionLine",
    "ThemeLine",
    "read",
]

DATA = Path(__file__).resolve().parents[1] / "data"
"""The folder with the real history, written from the network's public page of 27 February 2024."""


def read(folder: Path) -> History:
    """Read the eight files in `folder`; raise `BrokenFiles` with every fault in all of them."""
    tables = {sheet.file: load(folder / sheet.file, sheet.columns) for sheet in SHEETS}
    parts = {sheet.name: _lines(sheet, tables[sheet.file]) for sheet in SHEETS}
    for sheet in SHEETS:
        check(sheet, tables)
    check_gaps("agenda_known", tables["meetings.csv"], tables["agenda.csv"])
    check_gaps("hosts_known", tables["meetings.csv"], tables["hosts.csv"])
    if faults := [fault for table in tables.values() for fault in table.sorted_faults()]:
        raise BrokenFiles(faults)
    return History(**parts)


def _lines(sheet: Sheet, table: Table) -> tuple[Any, ...]:
    """The lines that could be made; the faults of the others are added to the table."""
    made = []
    for row in table.rows:
        values: dict[str, object] = {}
        for column, read_cell in sheet.columns.items():
            if row.whole and column in row.cells:
                try:
                    tidy(row.cells[column])
                    values[column] = read_cell(row.cells[column])
                except ValueError as error:
                    table.fault(row.line, f"{column}: {error}")
        if len(values) == len(sheet.columns):
            made.append(sheet.line(**values))
    return tuple(made)
