"""What is written comes in here, and what is shown goes out: cleaned, measured, in one form."""

import re
from typing import NamedTuple

from markupsafe import Markup

from ..words import Refusal, text
from . import gates
from .addresses import local
from .characters import HIDDEN, tidy
from .read_html import read_html
from .read_text import read_text
from .tree import Node
from .write_html import to_markup
from .write_text import to_plain

LARGEST = 400_000
"""Characters of HTML, with its markup, that are read at all."""

MOST_MARKS = 16_000
"""How many `<`, and how many `&`, are read at all: reading HTML costs the square of how deep it nests."""

# Marks of letters are kept simple before anything reads them: browsers open them again in each paragraph,
# and with attributes of their own there is no end to how many.
LETTERS = re.compile(
    r"<(/?)(?:(strong|b)|(em|i)|big|code|font|nobr|s|small|strike|tt|u)(?=[\s/>])([^<>]*)>", re.IGNORECASE
)

EMPTY = text("Det finns ingen text här. Skriv något först.")
TOO_LONG = text(
    "Texten får ha högst %(most)d tecken, och den har %(length)d. Korta den, eller dela den på flera inlägg."
)
TOO_MUCH = text(
    "Texten är för stor eller har för mycket formatering för att kunna läsas. "
    "Klistra in den utan formatering, eller bifoga den som en fil."
)


class Written(NamedTuple):
    """A text to store, as words and as safe HTML."""

    plain: str
    html: str


def clean(html: str) -> str:
    """`html` with nothing but the allow-list, in one form; cleaning it again changes nothing.

    Raises Refusal about `body` for more markup than can be read in a moment.
    """
    return _passed(_bounded(to_markup(_read(html))))


def to_html(plain: str) -> str:
    """Typed text as safe HTML: paragraphs, lists, quotes, and addresses linked."""
    return _passed(to_markup(read_text(tidy(plain))))


def to_text(html: str) -> str:
    """The words of `html`, as somebody would have typed them. Raises Refusal as `clean` does."""
    return to_plain(_read(html))


def written(body: str, format: str, longest: int, base_url: str = "") -> Written:
    """What a member wrote, typed (`text`) or in the editor (`html`).

    Raises Refusal about `body` when it says nothing, says more than `longest` characters or has too much
    markup.
    """
    if len(body) > max(LARGEST, longest):
        raise Refusal(TOO_MUCH, field="body")
    body = local(body, base_url)
    is_html = format == "html"
    tree = _read(body) if is_html else None
    plain = to_plain(tree) if tree else tidy(body)
    if len(plain) > longest:
        raise Refusal(TOO_LONG, field="body", most=longest, length=len(plain))
    html = _passed(_bounded(to_markup(tree)) if tree else to_markup(read_text(plain)))
    if not html:
        raise Refusal(EMPTY, field="body")
    return Written(plain, html)


def recleaned(html: str, policy: int) -> str:
    """Stored `html`, which is as long as it is, in the form of the present policy."""
    return html if policy >= gates.POLICY else _passed(to_markup(_tree(html)))


def shown(html: str, policy: int = gates.POLICY) -> Markup:
    """Stored `html`, which was cleaned by `policy`, for a template."""
    return Markup(recleaned(html, policy))  # noqa: S704 - cleaned when it was written, or just now


def _read(html: str) -> Node:
    return _tree(_bounded(html))


def _bounded(html: str) -> str:
    if len(html) > LARGEST or max(html.count("<"), html.count("&")) > MOST_MARKS:
        raise Refusal(TOO_MUCH, field="body")
    return html


def _tree(html: str) -> Node:
    return read_html(gates.first(LETTERS.sub(_letter, HIDDEN.sub("", html))))


def _passed(markup: str) -> str:
    """Our own markup through both gates; what the first reads is as the tree wrote it."""
    return gates.second(gates.first(markup))


def _letter(match: re.Match[str]) -> str:
    closing, strong, em, attributes = match.groups()
    if not (strong or em) or re.search(r"(?:^|[;\"'\s])font-weight:\s*normal", attributes):
        return ""
    return f"<{closing}{'strong' if strong else 'em'}>"
