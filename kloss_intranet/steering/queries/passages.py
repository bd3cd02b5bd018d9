"""Where a passage stands in the wording of a post, and what has become of it when it stands there no more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

from ...core import text as texts

MARKS = re.compile(r"(?:[-*•]|\d+[.)])")
"""What stands before the items of a list, and is not marked with them in a browser."""
ANCHOR = re.compile(r"</?a\b[^>]*>")
ENOUGH = 0.4
"""The share of a passage's words that must be found again for a new wording of it to be proposed."""
WORK = 4_000_000
"""Pairs of words that are compared at most; beyond that no new wording is proposed."""
SENTENCE_ENDS = re.compile(r"[.!?:…]$")


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    ends_block: bool
    """The last word of its line, or of its sentence."""


def located(passage: str, post: Any) -> str | None:
    """`passage` as it stands in the present wording of `post`; None when it does not.

    Space and the marks of lists and tables are not compared, for a browser does not give them when words
    are marked. What the post quotes from others is not its own wording.
    """
    body: str = post.body
    return _within(passage, body) or _within(passage, _unlinked(post))


def is_quoted(passage: str, post: Any) -> bool:
    """Whether the words stand in what `post` quotes from somebody else."""
    quoted = [line.lstrip("> ") for line in post.body.split("\n") if line.startswith(">")]
    return _within(passage, "\n".join(quoted)) is not None


def successor(passage: str, post: Any) -> str:
    """The stretch of the present wording that `passage` has most likely become; empty when none is near.

    It begins and ends where a sentence or a line does.
    """
    body: str = post.body
    words, before = list(_words(body)), [word.text for word in _words(passage)]
    if len(before) * len(words) > WORK:
        return ""
    matcher = SequenceMatcher(None, before, [word.text for word in words], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not before or sum(block.size for block in blocks) < ENOUGH * len(before):
        return ""
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size - 1
    while first > 0 and not words[first - 1].ends_block:
        first -= 1
    while last + 1 < len(words) and not words[last].ends_block:
        last += 1
    return body[words[first].start : words[last].end]


def _within(passage: str, body: str) -> str | None:
    """The stretch of `body` whose words are those of `passage`, beginning and ending between words."""
    wanted = " ".join(word.text for word in _words(passage))
    if not re.search(r"\w", wanted):
        return None
    words = list(_words(body))
    said = " ".join(word.text for word in words)
    starts = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", said)
    if found is None:
        return None
    return body[_place(found.start(), words, starts) : _place(found.end() - 1, words, starts) + 1]


def _place(index: int, words: list[_Word], starts: list[int]) -> int:
    """Where the character `index` of the words, joined by spaces, stands in the text they were read from."""
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if starts[middle] <= index else (low, middle - 1)
    return words[low].start + index - starts[low]


def _words(text: str) -> Iterator[_Word]:
    """The words of `text` but for what it quotes, whose place a character holds that nobody can write."""
    place = 0
    for line in text.split("\n"):
        if line.startswith(">"):
            yield _Word("\0", place, place, ends_block=True)
        else:
            found = list(re.finditer(r"\S+", line))
            while found and MARKS.fullmatch(found[0][0]):
                del found[0]
            found = [each for each in found if each[0] != "|"]
            for number, each in enumerate(found, 1):
                ends = number == len(found) or bool(SENTENCE_ENDS.search(each[0]))
                yield _Word(each[0], place + each.start(), place + each.end(), ends)
        place += len(line) + 1


def _unlinked(post: Any) -> str:
    """The wording without the addresses that plain text gives its links, as a browser shows it."""
    html = texts.recleaned(post.body_html, post.policy)
    return texts.to_text(ANCHOR.sub("", html)) if "<a " in html else ""
