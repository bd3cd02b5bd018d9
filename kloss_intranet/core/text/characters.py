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
LINE_ENDS = re.compile(r"\r\n?|[\u000b\u000c\u0085\u2028\u2029]")


def tidy(text: str) -> str:
    """Plain text in one form: NFC, `\\n` line ends, no invisible characters, no space at the ends."""
    text = HIDDEN.sub("", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def excerpt(plain: str, length: int = 120) -> str:
    """The first words of `plain`, at most `length` characters; quotes only when there is nothing else."""
    own = " ".join(line for line in plain.split("\n") if not line.startswith(">"))
    words = " ".join((own if own.strip() else plain).split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"
