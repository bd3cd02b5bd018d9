"""Writing the log as a file for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

COLUMNS = ("number", "at", "member", "name", "act", "subject", "from", "details", "previous", "hash")
START = "\ufeff"
"""By which spreadsheets know that letters are UTF-8."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for the beginning of a formula."""


def lines(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as lines of the file. A cell that a spreadsheet would reckon with gets an apostrophe before it."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([cell(value) for value in row] for row in rows)
    return file.getvalue()


def entry(row: Any) -> Sequence[Any]:
    """A row of the log, in the order of COLUMNS."""
    details = json.dumps(row.details, ensure_ascii=False, sort_keys=True)
    at = row.at.isoformat()
    said = (row.id, at, row.member_id, row.name, row.act, row.subject, row.whence, details)
    return (*said, row.previous, row.hash)


def cell(value: Any) -> Any:
    """The value, or its text made harmless; a number stays one."""
    if value is None or isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULAS) else text
