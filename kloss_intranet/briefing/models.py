"""A printed document as a tree: page, PDF and Word file are drawn from the same one and say the same."""

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any


@dataclass(frozen=True)
class Run:
    """Words on one line that share their marks; `note` is the number of the footnote after them."""

    text: str
    strong: bool = False
    em: bool = False
    href: str | None = None
    note: int | None = None


BREAK = Run("\n")
"""Ends a line inside a paragraph."""
Runs = tuple[Run, ...]


def _length(runs: Runs) -> int:
    return sum(len(run.text) for run in runs)


class Manner(StrEnum):
    PLAIN = "plain"
    LEAD = "lead"
    """What the document opens with."""
    QUIET = "quiet"
    """Said in passing."""
    LABEL = "label"
    """Tells whose words come next."""


@dataclass(frozen=True)
class Heading:
    """`anchor` is its name inside the document; level 1 stands just below the title."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    runs: Runs
    manner: Manner = Manner.PLAIN


@dataclass(frozen=True)
class Listing:
    """A list; each item holds blocks."""

    items: tuple[tuple["Block", ...], ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Quotation:
    """Somebody's words, and under them whose they are."""

    blocks: tuple["Block", ...]
    signature: Runs = ()


@dataclass(frozen=True)
class Facts:
    """Terms, and what is to be said of each."""

    rows: tuple[tuple[str, tuple[Paragraph, ...]], ...]


@dataclass(frozen=True)
class Table:
    """`label` says what the table is; `widths` are shares of the line, 0 for no more than is needed."""

    label: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    @property
    def longest(self) -> tuple[int, ...]:
        """The letters of the longest line in each column."""
        heads = [len(words) for words in self.head] or [0] * len(self.widths)
        rows = ([max((_length(part.runs) for part in cell), default=0) for cell in row] for row in self.rows)
        return tuple(max(column) for column in zip(heads, *rows, strict=True))


Block = Heading | Paragraph | Listing | Quotation | Facts | Table


@dataclass(frozen=True)
class Note:
    number: int
    runs: Runs


@dataclass(frozen=True)
class Document:
    """`kind` is what it is, in a word over the title; `address` is where the page stands."""

    kind: str
    title: str
    subtitle: str
    language: str
    address: str
    contents: str
    """The heading of the table of contents; empty for a document that has none."""
    notes_title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]

    @property
    def opening(self) -> tuple[Block, ...]:
        """What is said before the first heading; the table of contents stands after it."""
        return tuple(takewhile(lambda block: not isinstance(block, Heading), self.blocks))

    @property
    def rest(self) -> tuple[Block, ...]:
        return self.blocks[len(self.opening) :]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What the table of contents lists."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level < 3)


def as_data(part: Any) -> Any:
    """The tree in the words of JSON; each block tells its kind under `is`."""
    if isinstance(part, tuple):
        return [as_data(each) for each in part]
    if is_dataclass(part):
        told = {field.name: as_data(getattr(part, field.name)) for field in fields(part)}
        return {"is": type(part).__name__.lower()} | told
    return part
