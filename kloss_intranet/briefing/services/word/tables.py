"""Tables of a Word file: lines between the rows, no boxes, and a head that stands again on every page."""

from collections.abc import Sequence
from typing import Any

from docx.shared import Cm

from .xml import element

LETTER, AIR = Cm(0.19), Cm(0.55)
"""What a column that takes no more than it needs gets for each letter of its longest words, and beside."""
MOST = 14
TWIP = 635
"""Word counts widths in twentieths of a point."""
SIDES = ("top", "left", "bottom", "right")
Row = Sequence[Sequence[Any]]
"""The paragraphs of each cell."""


def columns(shares: Sequence[int], longest: Sequence[int], width: int) -> list[int]:
    """How wide each column is, in Word's own measure; `longest` counts the letters of its longest line."""
    narrow = [
        0 if share else LETTER * min(most, 14) + AIR for share, most in zip(shares, longest, strict=True)
    ]
    left = width - sum(narrow)
    parts = sum(shares) or 1
    return [int(left * share / parts + kept) // TWIP for share, kept in zip(shares, narrow, strict=True)]


def table(head: Row, rows: Sequence[Row], widths: list[int]) -> Any:
    made = element("w:tbl")
    made.append(_properties(sum(widths)))
    grid = element("w:tblGrid")
    grid.extend([element("w:gridCol", w=width) for width in widths])
    made.append(grid)
    if head:
        made.append(_row(head, widths, is_head=True))
    made.extend([_row(row, widths) for row in rows])
    return made


def _properties(width: int) -> Any:
    made, borders, margins = element("w:tblPr"), element("w:tblBorders"), element("w:tblCellMar")
    borders.extend([element(f"w:{side}", val="nil") for side in SIDES])
    borders.append(element("w:insideH", val="single", sz=4, space=0, color="B9B8B0"))
    borders.append(element("w:insideV", val="nil"))
    for side, space in zip(SIDES, (60, 0, 60, 160), strict=True):
        margins.append(element(f"w:{side}", w=space, type="dxa"))
    made.extend(
        [element("w:tblW", w=width, type="dxa"), borders, element("w:tblLayout", type="fixed"), margins]
    )
    made.append(element("w:tblLook", val="0020", firstRow=1))
    return made


def _row(cells: Row, widths: list[int], *, is_head: bool = False) -> Any:
    made, look = element("w:tr"), element("w:trPr")
    look.append(element("w:cantSplit"))
    if is_head:
        look.append(element("w:tblHeader"))
    made.append(look)
    for paragraphs, width in zip(cells, widths, strict=True):
        cell, size = element("w:tc"), element("w:tcPr")
        size.append(element("w:tcW", w=width, type="dxa"))
        cell.append(size)
        cell.extend(list(paragraphs))
        made.append(cell)
    return made
