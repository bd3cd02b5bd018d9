"""A tree becomes plain text, as somebody would have typed it."""

from collections.abc import Callable
from itertools import groupby

from .addresses import spelled
from .tree import Line, Node


def to_plain(node: Node) -> str:
    """The words of `node`: `- ` and `1. ` before items, `> ` before what is quoted, cells parted by ` | `."""
    if node.lines:
        return "\n".join(map(_words, node.lines))
    return BLOCKS.get(node.kind, _joined)(node)


def _bullets(node: Node) -> str:
    return "\n".join("- " + _indented(item) for item in node.children)


def _numbers(node: Node) -> str:
    return "\n".join(f"{number}. {_indented(item)}" for number, item in enumerate(node.children, 1))


def _indented(item: Node) -> str:
    first, *rest = to_plain(item).split("\n")
    return "\n".join([first, *("  " + line if line else line for line in rest)])


def _quote(node: Node) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in _joined(node).split("\n"))


def _table(node: Node) -> str:
    return "\n".join(to_plain(row) for row in sorted(node.children, key=lambda row: not row.in_head))


def _row(node: Node) -> str:
    return " | ".join(map(to_plain, node.children))


def _cell(node: Node) -> str:
    return " ".join(to_plain(child).replace("\n", " ") for child in node.children)


def _joined(node: Node) -> str:
    """Blocks with an empty line between them, but for what stands close to what is before it."""
    plain, before = "", ""
    for child in node.children:
        source = _source(child) if node.kind == "blockquote" else None
        is_close = source or (node.kind == "li" and not before == child.kind == "ol")
        if plain:
            plain += "\n" if is_close else "\n\n"
        plain += source or to_plain(child)
        before = child.kind
    return plain


BLOCKS: dict[str, Callable[[Node], str]] = {
    "ul": _bullets,
    "ol": _numbers,
    "blockquote": _quote,
    "table": _table,
    "tr": _row,
    "td": _cell,
    "th": _cell,
}


def _source(node: Node) -> str | None:
    """The post that a paragraph of a quote leads to, when it says nothing else."""
    if node.kind != "p" or len(node.lines) != 1 or len(node.lines[0]) != 1:
        return None
    href = node.lines[0][0].href
    return href if href and href.startswith("/posts/") else None


def _words(line: Line) -> str:
    """What a line says, with the address of a link that does not say it itself."""
    words = ""
    for href, runs in groupby(line, key=lambda run: run.href):
        label = "".join(run.text for run in runs)
        words += label
        if href is None or spelled(label) == href or href == f"mailto:{label}":
            continue
        if not (label.startswith("@") and href.startswith("/members/")):
            words += f" ({href.removeprefix('mailto:')})"
    return words
