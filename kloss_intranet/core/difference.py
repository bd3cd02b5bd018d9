"""What differs between two texts, word by word, in a time that has a bound."""

import re
from collections import deque
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

WORK = 3_000_000
"""Comparisons of words before the rest of a text is taken as written anew; about a third of a second."""

WORD = re.compile(r"\n+|\S+")


@dataclass(frozen=True)
class Part:
    """A run of words that stayed (""), went ("del") or came ("ins")."""

    kind: str
    text: str


def words_of(text: str) -> list[str]:
    """The words of plain `text`; where a paragraph or line ends is a word of its own."""
    return WORD.findall(text)


def difference(old: str, new: str, work: int = WORK) -> list[Part]:
    """The way from `old` to `new`; what was taken away stands before what came instead."""
    before, after = words_of(old), words_of(new)
    parts: list[Part] = []
    i = j = 0
    for a, b, size in [*_common(before, after, work), (len(before), len(after), 0)]:
        for kind, words in (("del", before[i:a]), ("ins", after[j:b]), ("", after[b : b + size])):
            if words:
                parts.append(Part(kind, _drawn(kind, words)))
        i, j = a + size, b + size
    return parts


def _drawn(kind: str, words: list[str]) -> str:
    """`words` as a text again; the end of a line that came or went alone is drawn, to be seen at all."""
    text = re.sub(r" ?(\n+) ?", r"\1", " ".join(words))
    return text if text.strip() or not kind else "¶" + text * (kind == "ins")


def _common(before: list[str], after: list[str], work: int) -> list[tuple[int, int, int]]:
    """Where the two have the same words: (place before, place after, how many), in order.

    The longest run is found first and then those on both sides of it, as in difflib, but the outer ones
    before the inner ones; when the work is done, what is left counts as different.
    """
    matcher = SequenceMatcher(None, before, after)
    # What the search of a stretch costs at most: each of its words is held against its likes after.
    likes = matcher.b2j  # type: ignore[attr-defined]  # documented, and left out of the stubs
    cost = [0, *accumulate(1 + len(likes.get(word, ())) for word in before)]
    found: list[tuple[int, int, int]] = []
    stretches = deque([(0, len(before), 0, len(after))])
    while stretches:
        a, a_end, b, b_end = stretches.popleft()
        if a == a_end or b == b_end:
            continue
        work -= cost[a_end] - cost[a]
        if work < 0:
            break
        match = matcher.find_longest_match(a, a_end, b, b_end)
        if match.size:
            found.append((match.a, match.b, match.size))
            stretches.append((a, match.a, b, match.b))
            stretches.append((match.a + match.size, a_end, match.b + match.size, b_end))
    return sorted(found)
