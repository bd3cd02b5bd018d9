"""Where each dot is drawn: along the axis by its place, and above it where there is room."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..queries import Stand

FEWEST = 3
"""Stands that make a picture; fewer are told in words."""
LANE, FOOT = 34, 26
"""Pixels from one lane to the next, and from the lowest to the axis."""
DOT, LETTER = 3.0, 0.62
"""Half the room of a dot and of a letter under it, in hundredths of an axis on a small and a wide screen."""


@dataclass(frozen=True)
class Mark:
    """A dot with its trail: hollow where the institution stood before."""

    stand: Stand
    x: int
    y: int
    trail: tuple[int, ...]
    """Earlier places that differ from the present one and from each other."""

    @property
    def label(self) -> str:
        """What stands under the dot: the institution's short name."""
        institution = self.stand.institution
        return institution.short_name if institution else _initials(self.stand.present.signed_name)

    @property
    def reach(self) -> tuple[int, int]:
        """The leftmost and the rightmost of all places."""
        return min(self.x, *self.trail, self.x), max(self.x, *self.trail, self.x)


@dataclass(frozen=True)
class Picture:
    marks: tuple[Mark, ...]
    height: int


def draw(stands: Sequence[Stand]) -> Picture | None:
    """The dots in lanes above the axis, those that overlap stacked; None when they are too few."""
    if len(stands) < FEWEST:
        return None
    taken: list[list[tuple[float, float]]] = []
    laid = []
    for mark in sorted((_mark(stand) for stand in stands), key=lambda mark: mark.reach):
        left, right = _room(mark)
        free = (n for n, lane in enumerate(taken) if all(right <= a or b <= left for a, b in lane))
        number = next(free, len(taken))
        taken += [[]] if number == len(taken) else []
        taken[number].append((left, right))
        laid.append((number, mark))
    height = FOOT + LANE * len(taken)
    marks = (
        Mark(mark.stand, mark.x, height - FOOT - LANE * number - LANE // 2, mark.trail)
        for number, mark in laid
    )
    in_order = sorted(marks, key=lambda mark: (mark.stand.sort_key, mark.stand.present.id))
    return Picture(tuple(in_order), height)


def _mark(stand: Stand) -> Mark:
    x = stand.present.place or 0
    earlier = dict.fromkeys(dot.place for dot in stand.earlier if dot.place is not None)
    return Mark(stand, x, 0, tuple(place for place in earlier if place != x))


def _room(mark: Mark) -> tuple[float, float]:
    """What of the axis the dot, its trail and the letters under it cover."""
    (left, right), letters = mark.reach, max(DOT, LETTER * (len(mark.label) + 1))
    return min(left - DOT, mark.x - letters), max(right + DOT, mark.x + letters)


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split())[:3]
