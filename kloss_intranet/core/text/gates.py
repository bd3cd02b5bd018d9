"""The allow-list and the two unlike sanitisers that keep it; nobody else meets bleach or nh3."""

import re
import threading
from html import unescape
from typing import Any

import bleach
import nh3

from .addresses import PROTOCOLS, address

POLICY = 2
"""The version of the allow-list; stored beside the HTML so that a change can find what to clean again."""


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


TAGS = _names("p br strong em ul ol li blockquote a h3 h4 table thead tbody tr th td")
ATTRIBUTES = {
    "a": {"href", "rel"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
REL = "nofollow ugc noopener"
VALUES = {
    "rel": re.compile(REL),
    "scope": re.compile("col|row"),
    "colspan": re.compile("[2-9]|1[0-9]|20"),
    "rowspan": re.compile("[2-9]|1[0-9]|20"),
}

# What the first gate lets by so that the tree can read it; none of it is ever written.
READ = _names(
    "b i h1 h2 h5 h6 div section article header footer main nav aside address center figure figcaption "
    "caption details summary dl dt dd pre hr tfoot"
)
# Gone with all they hold.
DROPPED = _names(
    "script style title head template noscript iframe object embed applet svg math xml textarea select "
    "button canvas audio video"
)


def allowed(tag: str, name: str, value: str) -> str | None:
    """The value that an attribute may have, or None when it may not be there."""
    if name not in ATTRIBUTES.get(tag, ()):
        return None
    if name == "href":
        return address(value)
    return value if VALUES[name].fullmatch(value) else None


class _Gates(threading.local):
    """A parser has a state, so each thread has its own."""

    def __init__(self) -> None:
        rules: dict[str, Any] = {
            "attributes": ATTRIBUTES,
            "url_schemes": set(PROTOCOLS),
            "link_rel": None,
            "clean_content_tags": set(DROPPED),
        }
        self.first = nh3.Cleaner(tags=set(TAGS | READ), attribute_filter=allowed, **rules)
        self.bare = nh3.Cleaner(tags={"a"}, **rules)
        self.second = bleach.Cleaner(tags=TAGS, attributes=_agreed, protocols=PROTOCOLS, strip=True)


def _agreed(tag: str, name: str, value: str) -> bool:
    """Whether the second gate finds the very value that the list allows."""
    return allowed(tag, name, unescape(value)) == unescape(value)


_gates = _Gates()


def first(html: str) -> str:
    return _gates.first.clean(html)


def second(html: str) -> str:
    return str(_gates.second.clean(html))


def passes(href: str) -> bool:
    """Whether the first gate, which reads addresses as browsers do, would keep a link to `href`."""
    if any(mark in href for mark in '"<>'):
        return False
    return "href" in _gates.bare.clean(f'<a href="{href.replace("&", "&amp;")}">x</a>')
