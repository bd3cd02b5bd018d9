"""Plain text in one form, without characters that nobody sees."""

import re
import unicodedata

# Invisible characters that change what a reader sees or a search finds: controls, zero-width, bidirectional
# marks, soft hyphens, tags, halves of a pair, and code points that are no characters. A joiner stays where
# it holds an emoji together.
HIDDEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    r"\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
    r"|(?<![\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\u200d"
)
MOST_ACCENTS = 30
"""Marks on one letter that are kept; putting more of them in order costs the square of how many."""
ITEM = re.compile(r"^\s*- ")
"""Begins an item of a list, which in an excerpt stands on one line with the others."""


def _is_accent(char: str) -> bool:
    """Whether `char`, taken apart, begins with a mark that stands on the letter before it."""
    apart = unicodedata.normalize("NFD", char) if unicodedata.decomposition(char) else char
    return unicodedata.combining(apart[0]) > 0


_ACCENTS = "".join(filter(_is_accent, map(chr, range(0x300, 0x20000))))
TOO_ACCENTED = re.compile(f"[{_ACCENTS}][{_ACCENTS}]{{{MOST_ACCENTS},}}")
# Found soon, for few texts have so many characters of such a height in a row.
PERHAPS = re.compile(f"[\u0300-\U0001ffff]{{{MOST_ACCENTS + 1},}}")
LINE_ENDS = re.compile(r"\r\n?|[\u000b\u000c\u0085\u2028\u2029]")


def composed(text: str) -> str:
    """`text` in NFC, with a bound to how many marks stand on a letter."""
    # Taken apart, what was left the first time may be too many again.
    return _with_fewer(unicodedata.normalize("NFC", _with_fewer(text)))


def _with_fewer(text: str) -> str:
    return PERHAPS.sub(lambda found: TOO_ACCENTED.sub(lambda marks: marks[0][:MOST_ACCENTS], found[0]), text)


def tidy(text: str) -> str:
    """Plain text in one form: NFC, `\\n` line ends, no invisible characters, no space at the ends."""
    text = HIDDEN.sub("", LINE_ENDS.sub("\n", text))
    return composed(text).strip()


def excerpt(plain: str, length: int = 120) -> str:
    """The first words of `plain`, at most `length` characters; quotes only when there is nothing else."""
    lines = [ITEM.sub("• ", line) for line in plain.split("\n") if not line.startswith(">")]
    words = " ".join(" ".join(lines).split()).removeprefix("• ") or " ".join(plain.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0].rstrip(" •") + " …"
