"""Pieces of pages kept as drawn, with holes for what belongs to one browser alone."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from flask import Flask, current_app
from markupsafe import Markup

MOST = 10_000_000
"""Characters kept by one application, some twenty megabytes; what was unused for longest makes room."""
SLIGHT = 500
"""Characters that something small is counted as."""
MARK = re.compile("\x1a[^\x1a]+\x1a")

Drawn = TypeVar("Drawn")
_drawing: ContextVar[bool] = ContextVar("drawing", default=False)
_fillings: dict[str, Callable[[], str]] = {}


class Shelf:
    """What one application has drawn, by keys that name all it was drawn from."""

    def __init__(self) -> None:
        self._lock, self._pieces = threading.Lock(), OrderedDict[Hashable, tuple[Any, int]]()
        self._held = 0

    def take(self, key: Hashable, draw: Callable[[], Drawn], weigh: Callable[[Drawn], int]) -> Drawn:
        with self._lock:
            if key in self._pieces:
                self._pieces.move_to_end(key)
                known: Drawn = self._pieces[key][0]
                return known
        drawn = draw()
        weight = SLIGHT + weigh(drawn)
        with self._lock:
            self._held += weight - self._pieces.pop(key, (None, 0))[1]
            self._pieces[key] = drawn, weight
            while self._held > MOST:
                self._held -= self._pieces.popitem(last=False)[1][1]
        return drawn


def remembered(
    key: Hashable, draw: Callable[[], Drawn], weigh: Callable[[Drawn], int] = lambda _drawn: 0
) -> Drawn:
    """What `draw` gave the first time for `key`, which must name everything that changes it.

    `weigh` tells how many characters the drawn holds, where they are many.
    """
    shelf: Shelf = current_app.extensions["kept"]
    return shelf.take(key, draw, weigh)


def piece(key: Hashable, draw: Callable[[], str]) -> Markup:
    """HTML drawn once for `key`; holes (tokens above all) are filled anew each time."""
    drawn = remembered(key, lambda: _with_holes(draw), len)
    return Markup(drawn if _drawing.get() else filled(drawn))  # noqa: S704 - templates drew it


def filled(drawn: str) -> str:
    """`drawn` with its holes filled for this request."""
    fillings = {mark: fill() for mark, fill in _fillings.items() if mark in drawn}
    # All at once: what one hole is filled with is never looked through for another.
    return MARK.sub(lambda found: fillings.get(found[0], found[0]), drawn)


def hole(name: str, fill: Callable[[], str]) -> Callable[[], Markup]:
    """A function for templates: what `fill` says, or a mark for it inside a piece that is being kept.

    `fill` gives HTML, and all marks of one name in a piece get the same.
    """
    mark = f"\x1a{name}\x1a"
    _fillings[mark] = fill
    return lambda: Markup(mark if _drawing.get() else fill())  # noqa: S704 - said to be HTML


def _with_holes(draw: Callable[[], str]) -> str:
    before = _drawing.set(True)
    try:
        return str(draw())
    finally:
        _drawing.reset(before)


def init_app(app: Flask) -> None:
    app.extensions["kept"] = Shelf()


__all__ = ["Shelf", "filled", "hole", "init_app", "piece", "remembered"]
