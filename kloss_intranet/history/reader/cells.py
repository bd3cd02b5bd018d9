"""Readers of one cell: text in, value out, `ValueError` with the reason when the text is not allowed."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

Cell = Callable[[str], object]


def tidy(cell: str) -> None:
    """Refuse what the eye does not see but a search would stumble on; holds for every cell."""
    for character in cell:
        if unicodedata.category(character) == "Cc":
            raise ValueError(f"holds the control character U+{ord(character):04X}; allowed: text on one line")
    if cell != cell.strip():
        raise ValueError(f"{cell!r} has spaces around it; allowed: text without them")
    if not unicodedata.is_normalized("NFC", cell):
        raise ValueError(f"{cell!r} has loose accents; allowed: composed characters (Unicode NFC)")


def text(cell: str) -> str:
    if not cell:
        raise ValueError("is empty; a text is required")
    return cell


def optional(cell: str) -> str | None:
    return cell or None


def pattern(allowed: str, description: str) -> Cell:
    """A reader of required text that matches the whole expression `allowed`."""

    def read(cell: str) -> str:
        if not re.fullmatch(allowed, cell):
            raise ValueError(f"{cell!r} is not allowed; allowed: {description}")
        return cell

    return read


def choice(values: Mapping[str, object]) -> Cell:
    """A reader of one of the words in `values`, which gives the value beside the word."""
    allowed = ", ".join(word or "(empty)" for word in values)

    def read(cell: str) -> object:
        if cell not in values:
            raise ValueError(f"{cell!r} is not allowed; allowed: {allowed}")
        return values[cell]

    return read


def words(*allowed: str) -> Cell:
    return choice({word: word for word in allowed})


def position(cell: str) -> int:
    # No leading zero: a position is compared as it is written.
    if not re.fullmatch("[1-9][0-9]{0,3}", cell):
        raise ValueError(f"{cell!r} is not a position; allowed: whole numbers from 1")
    return int(cell)


def day(cell: str) -> date:
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass  # the right shape, but no such day
    raise ValueError(f"{cell!r} is not a day; allowed: YYYY-MM-DD")


slug = pattern("[a-z0-9]+(-[a-z0-9]+)*", "a-z, 0-9 and single hyphens")
country = pattern("[A-Z]{2}", "two capital letters, as in SE")
domain = pattern(r"([a-z0-9-]+\.)+[a-z]{2,}", "a domain in small letters, as in kth.se")
yes_or_empty = choice({"yes": True, "": False})
yes_or_no = choice({"yes": True, "no": False})
