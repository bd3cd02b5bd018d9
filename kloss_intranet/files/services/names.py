"""The name a file came with: shown and sent along again, never used as a place on the disk."""

import re
import unicodedata

from ...core.text import composed
from ...core.words import Refusal, text

LONGEST_NAME = 100
NAMELESS = text("Filen saknar namn. Ge den ett namn och försök igen.")

# Controls, invisible and bidirectional marks, halves of characters, private and unknown ones, line ends.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# What Windows reads as something else than a name.
UNFIT = re.compile(r'[<>:"|?*]')


def tidy_name(given: str | None) -> str:
    """The last part of `given` in one form, at most LONGEST_NAME characters. Raises Refusal without one."""
    last = re.split(r"[/\\]", given or "")[-1]
    seen = "".join(
        " " if c.isspace() else c for c in last if c == "\t" or unicodedata.category(c) not in UNSEEN
    )
    name = UNFIT.sub("_", " ".join(composed(seen).split())).strip(" .")
    if not name:
        raise Refusal(NAMELESS, field="files")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(ending) < 10:
        return stem[: LONGEST_NAME - len(ending) - 1].rstrip(" .") + dot + ending
    return name[:LONGEST_NAME].rstrip(" .")


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters; empty without a dot."""
    _stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""
