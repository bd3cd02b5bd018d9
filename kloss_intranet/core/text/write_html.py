"""A tree becomes HTML, in the one form that is stored."""

from .addresses import is_own
from .gates import REL
from .tree import Line, Node, Run


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def to_markup(node: Node) -> str:
    """The HTML of `node`, or of what it holds when it is the root."""
    inside = "<br>".join(_line(line) for line in node.lines)
    if node.kind == "table":
        inside = _rows(node, "thead", in_head=True) + _rows(node, "tbody", in_head=False)
    elif node.kind in ("li", "td", "th") and node.children and node.children[0].kind == "p":
        # A paragraph at the start of an item or a cell stands bare, unless another follows.
        bare, *rest = node.children
        if any(child.kind == "p" for child in rest):
            rest, bare = node.children, Node("p")
        inside = "<br>".join(_line(line) for line in bare.lines) + "".join(map(to_markup, rest))
    else:
        inside += "".join(map(to_markup, node.children))
    if not node.kind:
        return inside
    attributes = "".join(f' {name}="{value}"' for name, value in sorted(node.attributes.items()))
    return f"<{node.kind}{attributes}>{inside}</{node.kind}>"


def _rows(table: Node, part: str, *, in_head: bool) -> str:
    rows = "".join(to_markup(row) for row in table.children if row.in_head == in_head)
    return f"<{part}>{rows}</{part}>" if rows else ""


def _line(line: Line) -> str:
    """Runs with their marks, links outermost; a mark that goes on in the next run stays open."""
    parts: list[str] = []
    opened: list[str] = []
    for run in line:
        wanted = _marks(run)
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        parts += [f"</{mark.split(' ')[0]}>" for mark in reversed(opened[shared:])]
        parts += [f"<{mark}>" for mark in wanted[shared:]]
        parts.append(escaped(run.text))
        opened = wanted
    return "".join(parts) + "".join(f"</{mark.split(' ')[0]}>" for mark in reversed(opened))


def _marks(run: Run) -> list[str]:
    marks = []
    if run.href:
        rel = "" if is_own(run.href) else f' rel="{REL}"'
        marks.append(f'a href="{run.href.replace("&", "&amp;")}"{rel}')
    return marks + ["strong"] * run.strong + ["em"] * run.em
