"""Typed text becomes a tree: paragraphs, `- ` and `1. ` lists, `> ` quotes."""

import re

from .addresses import OWN
from .lines import paragraphs
from .tree import DEEPEST_LIST, DEEPEST_QUOTE, Line, Node, Run

ITEM = re.compile(r"(?:[-•*·\uf0b7]|([0-9]{1,3})[.)])\s+(?=\S)")
QUOTE = re.compile(r"\s*>(?=[\s>]|$)\s?")
QUOTES = re.compile(r"(?:\s*>(?=[\s>]|$))+\s?")


def read_text(plain: str) -> Node:
    """The tree of tidy `plain` text."""
    return _Reader(Node(""), 0).read(plain.split("\n"))


class _Reader:
    def __init__(self, place: Node, depth: int) -> None:
        self.place, self.depth = place, depth
        self.words: list[Line] = []
        self.quoted: list[str] = []
        # The open lists from the outermost, each with the column of its markers.
        self.lists: list[tuple[int, Node]] = []
        self.is_parted = False

    def read(self, lines: list[str]) -> Node:
        for line in lines:
            self._line(line)
        self._end()
        return self.place

    def _line(self, line: str) -> None:
        if quote := QUOTE.match(line):
            quoted = QUOTES.sub("", line, count=1)
            # An empty quote is an empty line.
            if self.depth < DEEPEST_QUOTE and (self.quoted or quoted.strip()):
                if not self.quoted:
                    self._end()
                self.quoted.append(line[quote.end() :])
                return
            line = quoted
        if self.quoted:
            self._end()
        text = line.strip()
        if text:
            self._words(text, len(line) - len(line.lstrip()))
        else:
            self._end_paragraph()
        self.is_parted = not text

    def _words(self, text: str, column: int) -> None:
        item = ITEM.match(text)
        found = self._list_for(column, int(item[1]) if item[1] else None) if item else None
        if item and found:
            self._end_paragraph()
            found.children.append(Node("li", [Node("p", lines=_lines(text[item.end() :]))]))
        elif self.lists and column >= 2 and not self.is_parted:
            self.lists[-1][1].children[-1].children[0].lines += _lines(text)
        elif self.depth and text.startswith("/posts/") and OWN.fullmatch(text):
            # The post that is quoted.
            self._end()
            self.place.add(Node("p", lines=_lines(text)))
        else:
            self.lists.clear()
            self.words += _lines(text)

    def _list_for(self, column: int, number: int | None) -> Node | None:
        """The list that an item belongs to, new or open; None when a number begins no list."""
        kind = "ul" if number is None else "ol"
        level = len(self.lists)
        while level > 1 and column < self.lists[level - 1][0]:
            level -= 1
        is_deeper = 0 < level < DEEPEST_LIST and column >= self.lists[level - 1][0] + 2
        if level and not is_deeper:
            at, top = self.lists[level - 1]
            if top.kind == kind and not (self.is_parted and number == 1):
                self.lists[level - 1 :] = [(min(at, column), top)]
                return top
            level -= 1
            column = min(at, column)
        if kind == "ol" and number != 1:
            return None
        self._end_paragraph()
        parent = self.lists[level - 1][1].children[-1] if level else self.place
        new = Node(kind)
        parent.children.append(new)
        self.lists[level:] = [(column, new)]
        return new

    def _end_paragraph(self) -> None:
        if self.words:
            self.place.add(Node("p", lines=self.words))
        self.words = []

    def _end(self) -> None:
        """End whatever is open."""
        self._end_paragraph()
        self.lists.clear()
        if self.quoted:
            quoted, self.quoted = self.quoted, []
            self.place.add(_Reader(Node("blockquote"), self.depth + 1).read(quoted))


def _lines(text: str) -> list[Line]:
    return [line for lines in paragraphs([Run(text)]) for line in lines]
