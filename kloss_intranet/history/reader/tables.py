"""From a file to rows of text: encoding, quoting, header, number of cells; not what they mean."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .faults import Fault


@dataclass(frozen=True)
class Row:
    """One record: its first physical line and its cells by column; not `whole` when their number is wrong."""

    line: int
    cells: Mapping[str, str]
    whole: bool

    def key(self, columns: tuple[str, ...]) -> tuple[str, ...] | None:
        """The cells of these columns, or None unless all are filled in."""
        key = tuple(self.cells.get(column, "") for column in columns)
        return key if all(key) else None


@dataclass
class Table:
    """What could be read of one file, and what was wrong with it."""

    file: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, reason: str) -> None:
        self.faults.append(Fault(self.file, line, reason))

    def sorted_faults(self) -> list[Fault]:
        return sorted(self.faults, key=lambda fault: fault.line)

    def has(self, columns: Collection[str]) -> bool:
        return set(columns) <= set(self.columns)


def load(path: Path, columns: Collection[str]) -> Table:
    """Read the file as far as it goes; `columns` are those the header must have, in any order."""
    table = Table(path.name)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        table.fault(0, "the file is missing")
        return table
    except OSError as error:
        table.fault(0, f"the file cannot be read: {error.strerror}")
        return table
    records = _records(_decoded(raw, table), table)
    if not records:
        table.fault(1, f"there is no header line; it must be {','.join(columns)}")
        return table
    (line, header), *rest = records
    _check_header(line, header, columns, table)
    table.columns = tuple(header)
    for line, cells in rest:
        whole = len(cells) == len(header)
        if not cells:
            table.fault(line, "the line is empty")
        elif not whole:
            table.fault(line, f"has {len(cells)} cells; the header has {len(header)}")
        table.rows.append(Row(line, dict(zip(header, cells, strict=False)), whole))
    return table


def _decoded(raw: bytes, table: Table) -> str:
    lines = []
    # A byte order mark is what Excel writes before UTF-8.
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            table.fault(number, f"byte {error.start + 1} of the line is not UTF-8; allowed: UTF-8")
            lines.append(line.decode("utf-8", errors="replace"))
    return "\n".join(lines)


def _records(content: str, table: Table) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    records = []
    while True:
        line = reader.line_num + 1  # where the record starts, also when a quoted cell runs over several lines
        try:
            records.append((line, next(reader)))
        except StopIteration:
            return records
        except csv.Error as error:
            table.fault(line, f"the quotation marks do not match: {error}")


def _check_header(line: int, header: list[str], columns: Collection[str], table: Table) -> None:
    for column in columns:
        if column not in header:
            table.fault(line, f"the column {column} is missing")
    for column in dict.fromkeys(header):
        if column not in columns:
            table.fault(line, f"unknown column {column!r}; allowed: {', '.join(columns)}")
        elif header.count(column) > 1:
            table.fault(line, f"the column {column} stands {header.count(column)} times")
