"""A place told in words: which end it is nearer to, and how near."""

from dataclasses import dataclass

from ...core.language import gettext
from ..models import Axis

STEPS = (0, 15, 35, 50, 65, 85, 100)
"""The places to press, each with words of its own."""


@dataclass(frozen=True)
class Step:
    place: int
    words: str


def ways(axis: Axis) -> list[tuple[int, str]]:
    """The words, each with the last place that it is said of."""
    low, high = axis.low_end, axis.high_end
    return [
        (2, gettext("vid ’%(end)s’", end=low)),
        (24, gettext("nära ’%(end)s’", end=low)),
        (44, gettext("närmare ’%(end)s’", end=low)),
        (55, gettext("mitt emellan")),
        (75, gettext("närmare ’%(end)s’", end=high)),
        (97, gettext("nära ’%(end)s’", end=high)),
        (100, gettext("vid ’%(end)s’", end=high)),
    ]


def nearness(place: int, axis: Axis) -> str:
    """`närmare ’centralt uppdrag’`."""
    return next(words for last, words in ways(axis) if place <= last)


def steps(axis: Axis, chosen: int | None) -> list[Step]:
    """The steps along the axis; a place that is none of them, chosen with the slider, stands among them."""
    places = sorted({*STEPS, *([chosen] if chosen is not None else [])})
    return [Step(place, nearness(place, axis)) for place in places]
