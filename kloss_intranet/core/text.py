"""A member's text becomes safe HTML here and nowhere else: two unlike sanitisers, one allow-list."""

import re
import unicodedata
from html import escape
from typing import Any, cast

import bleach
import nh3
from bleach.linkifier import LinkifyFilter
from markupsafe import Markup

POLICY = 1
"""The version of the allow-list; stored beside the HTML so that a change can find what to clean again."""

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"})
ATTRIBUTES = {"a": {"href"}}
PROTOCOLS = frozenset({"http", "https", "mailto"})
# Invisible characters that change what a reader sees: bidirectional controls, zero-width, and other controls.
HIDDEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
LIST_ITEM = re.compile(r"\s*[-•*]\s+(.*)")


def tidy(text: str) -> str:
    """Plain text in one form: NFC, `\\n` line ends, no invisible characters, no space at the ends."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return HIDDEN.sub("", text).strip()


def to_html(text: str) -> str:
    """Plain text as safe HTML: blank lines part paragraphs, `-` begins a list item, addresses are linked."""
    blocks = re.split(r"\n\s*\n", tidy(text))
    return clean("".join(_block(block.split("\n")) for block in blocks if block.strip()))


def clean(html: str) -> str:
    """`html` with nothing but the allow-list; cleaning it again changes nothing."""
    once = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=set(PROTOCOLS),
        link_rel="nofollow ugc noopener",
    )
    callbacks = [cast(Any, _only_safe_links)]
    cleaner = bleach.Cleaner(
        tags=TAGS,
        attributes={"a": ["href", "rel"]},
        protocols=PROTOCOLS,
        strip=True,
        filters=[lambda source: LinkifyFilter(source, callbacks=callbacks, parse_email=False)],
    )
    return str(cleaner.clean(once))


def shown(html: str) -> Markup:
    """Stored HTML, which `to_html` made, for a template."""
    return Markup(html)  # noqa: S704 - it was cleaned when it was written


def excerpt(text: str, length: int = 120) -> str:
    """The first words of plain `text`, at most `length` characters."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"


def _block(lines: list[str]) -> str:
    parts: list[str] = []
    items: list[str] = []
    plain: list[str] = []

    def flush() -> None:
        if items:
            parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")
        if plain:
            parts.append("<p>" + "<br>".join(escape(line) for line in plain) + "</p>")
        items.clear()
        plain.clear()

    for line in lines:
        match = LIST_ITEM.match(line)
        if (match and plain) or (not match and items):
            flush()
        (items if match else plain).append(match.group(1) if match else line.strip())
    flush()
    return "".join(parts)


def _only_safe_links(attrs: dict[object, str], new: bool = False) -> dict[object, str] | None:
    """Refuse addresses without a scheme of their own (`//host`), which pass a list of protocols."""
    href = attrs.get((None, "href"), "")
    if not re.match(r"(https?://|mailto:)", href):
        return None
    attrs[(None, "rel")] = "nofollow ugc noopener"
    return attrs
