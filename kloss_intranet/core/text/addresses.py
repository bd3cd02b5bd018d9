"""Which addresses a text may link to: the web, mail, and pages of this site by their path."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from .characters import HIDDEN

PROTOCOLS = frozenset({"http", "https", "mailto"})
LONGEST = 2_000

_SLUG = r"[a-z0-9]{1,60}(?:-[a-z0-9]{1,60}){0,20}"
_NUMBERED = r"(?:threads|posts|questions|members)/[0-9]{1,10}"
_DOCUMENT = r"rules(?:/moderation)?|privacy|permissions|accessibility"
_PAGE = rf"/(?:{_NUMBERED}|(?:meetings|themes|members/institutions)/{_SLUG}|{_DOCUMENT})"
_PLACE = r"(?:\?[A-Za-z0-9_=&%+-]{1,200})?(?:#[A-Za-z0-9_-]{1,100})?"
OWN = re.compile(rf"({_PAGE}){_PLACE}", re.ASCII)
# A host is letters, digits, hyphens and dots: no user name to pass one site off as another, no backslash.
WEB = re.compile(r"(https?)://((?:[\w-]+\.)*[\w-]+(?::[0-9]{1,5})?)((?:[/?#][^\\]*)?)", re.IGNORECASE)
MAIL = re.compile(r"mailto:([\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?:\?.*)?", re.IGNORECASE)
UNSAFE = re.compile(r"[\s\"'<>`{|}^]")
TYPED = re.compile(
    r"(?<![\w@./:=-])(?:https?://|www\.(?=\w))[^\s<>\"\\]{1,1990}"
    rf"|(?<![^\s(\[\"'”»–-]){_PAGE}{_PLACE}(?![\w/#%=&@-]|\?\w)",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """An address that stands in a text from `start` to `end`."""

    start: int
    end: int
    href: str


def address(given: str) -> str | None:
    """The one form of an address that may be linked to, or None."""
    href = _address(given) if len(given) <= LONGEST else None
    return href if href and len(href) <= LONGEST else None


@lru_cache(maxsize=2048)
def _address(given: str) -> str | None:
    value = re.sub(r"[\t\n\r]", "", HIDDEN.sub("", given)).strip()
    if OWN.fullmatch(value):
        return value
    if web := WEB.fullmatch(value):
        rest = UNSAFE.sub(lambda found: quote(found.group()), web[3])
        return f"{web[1].lower()}://{web[2]}{rest}"
    if mail := MAIL.fullmatch(value):
        return f"mailto:{mail[1]}"
    return None


def is_own(href: str) -> bool:
    return href.startswith("/")


def path(href: str) -> str:
    """An own address without its question and its place on the page."""
    return re.split(r"[?#]", href, maxsplit=1)[0]


def spelled(words: str) -> str | None:
    """The address that `words` are, as somebody types one."""
    return address(f"http://{words}" if words.lower().startswith("www.") else words)


def found_in(text: str) -> Iterator[Found]:
    """The addresses typed in `text`, without the punctuation of the sentence around them."""
    for match in TYPED.finditer(text):
        word = _without_punctuation(match.group())
        href = spelled(word)
        if href is not None:
            yield Found(match.start(), match.start() + len(word), href)


def local(text: str, base_url: str) -> str:
    """`text` where pages of this site are addressed by their path alone."""
    if not base_url:
        return text
    return re.sub(rf"(?<![\w/=?&%.:-])(?i:{re.escape(base_url)})(?={_PAGE}(?![\w/-]))", "", text)


def _without_punctuation(word: str) -> str:
    end = len(word)
    opened = word.count("(") - word.count(")")
    while end and (word[end - 1] in ".,;:!?'*”’»]}" or (word[end - 1] == ")" and opened < 0)):
        opened += word[end - 1] == ")"
        end -= 1
    return word[:end]
