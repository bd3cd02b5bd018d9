"""Runs become lines: one space between words, nothing invisible, addresses linked."""

import re
from collections.abc import Iterable, Iterator

from .addresses import found_in, is_own
from .characters import HIDDEN, composed
from .gates import passes
from .tree import BREAK, Line, Run

SPACES = re.compile(r"\s{2,}|[\t\n]")


def paragraphs(runs: Iterable[Run]) -> Iterator[list[Line]]:
    """The lines of each paragraph in `runs`, where an empty line parts two."""
    current: list[Line] = []
    part: Line = []
    for run in (*runs, BREAK, BREAK):
        if run is not BREAK:
            part.append(run)
            continue
        if line := _line(part):
            current.append(line)
        elif current:
            yield current
            current = []
        part = []


def _line(runs: Line) -> Line:
    if not runs:
        return runs
    seen = [_visible(run) for run in runs]
    merged = [run._replace(text=composed(run.text)) for run in _merged(seen)]
    line: Line = []
    for run in merged:
        words = SPACES.sub(" ", run.text)
        if not line or line[-1].text[-1].isspace():
            words = words.lstrip()
        if words:
            line.append(run._replace(text=words))
    if line and not (words := line[-1].text.rstrip()):
        line.pop()
        words = line[-1].text.rstrip() if line else ""
    if line:
        line[-1] = line[-1]._replace(text=words)
    return _linked(_merged(line))


def _visible(run: Run) -> Run:
    """Space alone has no marks."""
    text = HIDDEN.sub("", run.text)
    return Run(text) if not text.strip() else run._replace(text=text)


def _merged(runs: Line) -> Line:
    merged: Line = []
    for run in runs:
        if not run.text:
            continue
        if merged and merged[-1][1:] == run[1:]:
            merged[-1] = run._replace(text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return merged


def _linked(line: Line) -> Line:
    """Link what is typed as an address and lies within one run; what is linked is found by the whole line,
    so that linking again finds the same."""
    found = list(found_in("".join(run.text for run in line)))
    if not found:
        return line
    linked: Line = []
    start = at = 0
    for run in line:
        done, end = start, start + len(run.text)
        while at < len(found) and found[at].start < end:
            each, at = found[at], at + 1
            if run.href or each.end > end or not (is_own(each.href) or passes(each.href)):
                continue
            linked.append(run._replace(text=run.text[done - start : each.start - start]))
            linked.append(run._replace(text=run.text[each.start - start : each.end - start], href=each.href))
            done = each.end
        linked.append(run._replace(text=run.text[done - start :]))
        start = end
    return _merged([_visible(run) for run in linked])
