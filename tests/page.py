"""Reads an HTML page and names what is wrong with it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ENTRIES = {"input", "select", "textarea"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    parent: "Element | None" = None
    parts: "list[Element | str]" = field(default_factory=list)

    def all(self, *tags: str) -> "list[Element]":
        """Every element below with one of these names, in the order of the page."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                found += [part] if not tags or part.tag in tags else []
                found += part.all(*tags)
        return found

    @property
    def text(self) -> str:
        """All text below, with single spaces."""
        words = [part if isinstance(part, str) else part.text for part in self.parts]
        return " ".join(" ".join(words).split())

    def within(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.within(tag))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.parts.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        if self.at.tag == tag or self.at.within(tag):
            while self.at.tag != tag:
                assert self.at.parent
                self.at = self.at.parent
            assert self.at.parent
            self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.parts.append(data)


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def faults(root: Element) -> list[str]:
    """What a page of ours may not be, one line per fault."""
    return [*_frame(root), *_names(root), *_entries(root), *_inline(root), *_outline(root)]


def _frame(root: Element) -> list[str]:
    found = []
    html = root.all("html")
    if not (html and html[0].attrs.get("lang") in ("sv", "en")):
        found.append("html has no lang")
    if (
        not "".join(title.text for title in root.all("title") if not title.within("svg"))
        .split("·")[0]
        .strip()
    ):
        found.append("the title is empty")
    found += [f"{len(root.all(tag))} {tag}" for tag in ("h1", "main") if len(root.all(tag)) != 1]
    found += [f"no {tag}" for tag in ("header", "nav", "footer") if not root.all(tag)]
    found += ["the h1 is empty" for heading in root.all("h1") if not heading.text]
    navs = Counter(nav.attrs.get("aria-label", nav.attrs.get("aria-labelledby")) for nav in root.all("nav"))
    if len(navs) > 1 or navs.total() > 1:
        found += [f"{number} nav called {name}" for name, number in navs.items() if number > 1 or not name]
    return found


def _names(root: Element) -> list[str]:
    ids = Counter(element.attrs["id"] for element in root.all() if "id" in element.attrs)
    found = [f"id {name!r} stands {number} times" for name, number in ids.items() if number > 1]
    for element in root.all():
        wanted = [
            word
            for name in ("aria-describedby", "aria-labelledby", "for")
            for word in element.attrs.get(name, "").split()
        ]
        if (link := element.attrs.get("href", "")).startswith("#"):
            wanted.append(link[1:])
        found += [f"{element.tag} points at the missing {name!r}" for name in wanted if name not in ids]
    return found


def _entries(root: Element) -> list[str]:
    labelled = {label.attrs.get("for") for label in root.all("label") if label.text}
    found = []
    for entry in root.all(*ENTRIES):
        named = {"aria-label", "aria-labelledby"} & entry.attrs.keys() or entry.within("label")
        hidden = entry.attrs.get("type") in ("hidden", "submit")
        if not (hidden or named or entry.attrs.get("id") in labelled - {None}):
            found.append(f"{entry.tag} {entry.attrs.get('name')!r} has no label")
    for thing in root.all("button", "a"):
        if not (thing.text or thing.attrs.get("aria-label")):
            found.append(f"a {thing.tag} without words: {thing.attrs}")
    for form in root.all("form"):
        fields = {entry.attrs.get("name") for entry in form.all("input")}
        if form.attrs.get("method", "get").lower() == "post" and "csrf_token" not in fields:
            found.append(f"the form to {form.attrs.get('action')} has no csrf_token")
    return found + ["an img without alt" for image in root.all("img") if "alt" not in image.attrs]


def _inline(root: Element) -> list[str]:
    found = [f"a {tag.tag} element inside the page" for tag in root.all("style")]
    found += ["a script inside the page" for script in root.all("script") if not script.attrs.get("src")]
    for element in root.all():
        bad = [name for name in element.attrs if name == "style" or name.startswith("on")]
        found += [f"{element.tag} has {name}" for name in bad]
        if re.match(r"\s*javascript:", element.attrs.get("href", ""), re.IGNORECASE):
            found.append("a link runs a script")
    return found


def _outline(root: Element) -> list[str]:
    levels = [(int(heading.tag[1]), heading.text) for heading in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    steps = zip([(1, ""), *levels], levels, strict=False)
    return [
        f"the heading {words!r} skips a level" for (before, _), (after, words) in steps if after > before + 1
    ]
