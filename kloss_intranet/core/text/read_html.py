"""HTML that the first gate wrote becomes a tree, and what is not a text of ours becomes paragraphs."""

import re
from html import unescape

from .lines import paragraphs
from .tree import BREAK, DEEPEST_LIST, DEEPEST_QUOTE, FLOW, Node, Run

TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*) ?/?>|([^<]+|<)')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
# How Word writes an item of a list: a bullet or a number, then a row of hard spaces.
WORD_ITEM = re.compile(r"\s*(?:[·•▪§o\uf0b7-]|([0-9a-z]{1,2}[.)]))(\s{2,})(?=\S)")
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
MARKS = {"a": "a", "b": "strong", "strong": "strong", "em": "em", "i": "em"}


def read_html(html: str) -> Node:
    """The tree of `html`; its depth has a bound whatever that of `html` is."""
    reader = _Reader()
    for match in TOKEN.finditer(html):
        closing, tag, attributes, text = match.groups()
        if text:
            reader.text(unescape(text))
        elif closing:
            reader.end()
        else:
            reader.start(tag, {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)})
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self.open = [Node("")]
        self.runs: list[Run] = []
        self.strong = self.em = self.head = 0
        self.heading: list[str] = []
        self.hrefs: list[str | None] = [None]
        # What the end of each open element does; the first gate closes every element that it opens.
        self.ends: list[str] = []

    def text(self, text: str) -> None:
        self.runs.append(Run(text, self.hrefs[-1], self.strong > 0, self.em > 0))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self.runs.append(Run(" ") if self.heading else BREAK)
        elif tag == "hr":
            self.flush()
        else:
            self.ends.append(self._opened(tag, attributes))

    def _opened(self, tag: str, attributes: dict[str, str]) -> str:
        """Open an element, and say what its end does."""
        does = MARKS.get(tag, "")
        if does:
            self.strong += does == "strong"
            self.em += does == "em"
            if does == "a":
                self.hrefs.append(attributes.get("href"))
            return does
        self.flush()
        if tag in HEADINGS:
            self.heading.append(HEADINGS[tag])
            return "heading"
        if tag == "thead":
            self.head += 1
            return "head"
        if not self._fits(tag):
            return "paragraph"
        attributes = attributes if tag in ("td", "th") else {}
        self.open.append(Node(tag, attributes=attributes, in_head=tag == "tr" and self.head > 0))
        return "block"

    def _fits(self, tag: str) -> bool:
        """Whether a block of this kind may open here; where not, what it holds goes on as paragraphs."""
        here = self.open[-1].kind
        kinds = [node.kind for node in self.open]
        if tag in ("ul", "ol"):
            return here in FLOW | {"ul", "ol"} and sum(kind in ("ul", "ol") for kind in kinds) < DEEPEST_LIST
        if tag == "li":
            return here in ("ul", "ol", "", "blockquote", "td", "th")
        if tag == "blockquote":
            return here in ("", "blockquote") and len(kinds) <= DEEPEST_QUOTE
        if tag == "table":
            return here in ("", "blockquote")
        return (tag == "tr" and here == "table") or (tag in ("td", "th") and here == "tr")

    def end(self) -> None:
        match self.ends.pop() if self.ends else "":
            case "strong":
                self.strong -= 1
            case "em":
                self.em -= 1
            case "a":
                self.hrefs.pop()
            case "heading":
                self.flush()
                self.heading.pop()
            case "head":
                self.flush()
                self.head -= 1
            case "block":
                self.flush()
                self._close()
            case _:
                self.flush()

    def _close(self) -> None:
        node = self.open.pop()
        self.open[-1].add(node)

    def flush(self) -> None:
        """Place the words read so far as paragraphs; those astray in a table stand before it."""
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        place = next(node for node in reversed(self.open) if node.kind not in ("table", "tr"))
        first = next((run for run in runs if run.text.strip()), None)
        is_item = first is not None and not self.heading and place.kind in ("", "blockquote")
        marker = WORD_ITEM.match("".join(run.text for run in runs)) if is_item else None
        if marker and marker[2].count("\xa0") >= 2:
            item = _without(runs, marker.end())
            place.add(Node("ol" if marker[1] else "ul", [item], is_implied=True))
            return
        kind = self.heading[-1] if self.heading and place.kind in ("", "blockquote") else "p"
        for lines in paragraphs(runs):
            place.add(Node(kind, lines=lines))

    def finish(self) -> Node:
        self.flush()
        while len(self.open) > 1:
            self._close()
        return self.open[0]


def _without(runs: list[Run], start: int) -> Node:
    """An item of a list made of `runs`, without their first `start` characters."""
    item = Node("li")
    kept: list[Run] = []
    for run in runs:
        cut = min(start, len(run.text))
        start -= cut
        if rest := run.text[cut:]:
            kept.append(BREAK if run is BREAK else run._replace(text=rest))
    for lines in paragraphs(kept):
        item.add(Node("p", lines=lines))
    return item
