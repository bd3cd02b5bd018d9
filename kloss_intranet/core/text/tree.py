"""A text as a tree: blocks of lines, and lines of runs that share their marks."""

from dataclasses import dataclass, field
from typing import NamedTuple

DEEPEST_QUOTE = 3
DEEPEST_LIST = 5
FLOW = frozenset({"", "blockquote", "li", "td", "th"})
"""Blocks that hold other blocks; the root has no kind."""


class Run(NamedTuple):
    """Words with the same marks."""

    text: str
    href: str | None = None
    strong: bool = False
    em: bool = False


BREAK = Run("\n")
"""The run that ends a line."""

Line = list[Run]


@dataclass
class Node:
    """A block: `p`, `h3` and `h4` hold lines; lists, quotes, tables and their parts hold other blocks."""

    kind: str
    children: list["Node"] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    in_head: bool = False
    is_implied: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see; an empty cell keeps its place in a row."""
        if self.kind == "table":
            return not any(cell.children for row in self.children for cell in row.children)
        return not (self.children or self.lines or self.kind in ("td", "th"))

    def add(self, block: "Node") -> None:
        """Put `block` last; one that cannot stand here gets the list or the item around it that it needs."""
        if block.is_empty:
            return
        last = self.children[-1] if self.children else None
        if self.kind in ("ul", "ol") and block.kind != "li":
            if last is None or block.kind not in ("ul", "ol"):
                last = Node("li")
                self.children.append(last)
            last.add(block)
        elif block.kind == "li" and self.kind in FLOW:
            self.add(Node("ul", [block], is_implied=True))
        elif block.is_implied and last is not None and last.is_implied and last.kind == block.kind:
            last.children += block.children
        else:
            self.children.append(block)
