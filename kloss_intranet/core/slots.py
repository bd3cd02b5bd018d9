"""Places in a page that a higher area fills, so that a lower page need not know who stands above it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask import Flask
from markupsafe import Markup

Filler = Callable[[Any], Markup | str]
_fillers: dict[str, list[Filler]] = defaultdict(list)


def fills(name: str) -> Callable[[Filler], Filler]:
    """Register a function that draws into the slot `name`; the front door decides the order by importing."""

    def register(filler: Filler) -> Filler:
        if filler not in _fillers[name]:
            _fillers[name].append(filler)
        return filler

    return register


def slot(name: str, subject: Any) -> Markup:
    """What the areas above draw for `subject`; empty when nobody does."""
    return Markup().join(Markup(filler(subject)) for filler in _fillers[name])  # noqa: S704 - from templates


def init_app(app: Flask) -> None:
    app.jinja_env.globals["slot"] = slot
