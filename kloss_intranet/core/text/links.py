"""The links of a stored text that lead to pages of this site."""

import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from .addresses import path
from .characters import tidy
from .write_html import escaped

LINK = re.compile(r'<(/?)blockquote>|<a href="(/[^"]*)">(.*?)</a>')
BARE = re.compile(r'<a href="(/[^"]*)">\1</a>')


class OwnLink(NamedTuple):
    """A link to the page at `path`; `in_quote` when it stands in what is quoted."""

    path: str
    label: str
    in_quote: bool


def own_links(html: str) -> list[OwnLink]:
    """The links of cleaned `html` to pages of this site, in order."""
    found, depth = [], 0
    for match in LINK.finditer(html):
        closing, href, label = match.groups()
        if href:
            words = unescape(re.sub(r"<[^>]*>", "", label))
            found.append(OwnLink(path(unescape(href)), words, depth > 0))
        else:
            depth += -1 if closing else 1
    return found


def titled(html: str, titles: Mapping[str, str]) -> str:
    """Cleaned `html` where a link that shows its bare address shows its title instead."""

    def named(match: re.Match[str]) -> str:
        title = " ".join(tidy(titles.get(path(unescape(match[1])), "")).split())
        return f'<a href="{match[1]}">{escaped(title)}</a>' if title else match[0]

    return BARE.sub(named, html)


def absolute(html: str, base_url: str) -> str:
    """Cleaned `html` for a letter, where links to pages of this site carry its address."""
    return html.replace('<a href="/', f'<a href="{escaped(base_url)}/')
