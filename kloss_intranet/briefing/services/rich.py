"""A stored text as blocks of a document."""

from collections.abc import Iterator
from itertools import chain

from ...core.text import recleaned
from ...core.text.read_html import read_html
from ...core.text.tree import Line, Node
from ..models import BREAK, Block, Listing, Manner, Paragraph, Quotation, Run, Runs, Table
from .speech import Speech, tidied


def blocks(html: str, policy: int, speech: Speech) -> tuple[Block, ...]:
    """Stored `html`, which was cleaned by `policy`; links to our own pages carry the site's address."""
    return _blocks(read_html(recleaned(html, policy)), speech)


def _blocks(node: Node, speech: Speech) -> tuple[Block, ...]:
    own = (Paragraph(_runs(node.lines, speech)),) if node.lines else ()
    return own + tuple(chain.from_iterable(_block(child, speech) for child in node.children))


def _block(node: Node, speech: Speech) -> Iterator[Block]:
    if node.kind in ("ul", "ol"):
        yield Listing(tuple(_blocks(item, speech) for item in node.children), node.kind == "ol")
    elif node.kind == "blockquote":
        yield Quotation(_blocks(node, speech))
    elif node.kind == "table":
        yield _table(node, speech)
    elif node.kind in ("h3", "h4"):
        # The document's own headings are its outline; one inside a text is a line of it.
        yield Paragraph(_runs(node.lines, speech), Manner.LABEL)
    elif node.lines:
        yield Paragraph(_runs(node.lines, speech))
    else:
        yield from _blocks(node, speech)


def _table(node: Node, speech: Speech) -> Table:
    rows = [[_cell(cell, speech) for cell in row.children] for row in node.children]
    width = max(map(len, rows), default=0)
    filled = [(*row, *[(Paragraph(()),)] * (width - len(row))) for row in rows]
    has_head = bool(node.children and node.children[0].in_head)
    head = tuple(_words(cell) for cell in filled[0]) if has_head else ()
    return Table("", head, (1,) * width, tuple(filled[has_head:]))


def _cell(node: Node, speech: Speech) -> tuple[Paragraph, ...]:
    found = tuple(Paragraph(_runs(part.lines, speech)) for part in (node, *node.children) if part.lines)
    return found or (Paragraph(()),)


def _words(cell: tuple[Paragraph, ...]) -> str:
    return " ".join(run.text for paragraph in cell for run in paragraph.runs)


def _runs(lines: list[Line], speech: Speech) -> Runs:
    found: list[Run] = []
    for number, line in enumerate(lines):
        found += [BREAK] if number else []
        for run in line:
            href = speech.address(run.href) if run.href and run.href.startswith("/") else run.href
            kept = " " * run.text.startswith(" ") + tidied(run.text) + " " * run.text.endswith(" ")
            found.append(Run(kept, run.strong, run.em, href))
    return tuple(found)
