"""The pages where meetings are planned and arranged."""

from . import agenda, cancelling, checklist, helping, labels, making, offers, overview, parts, revising, slots
from .blueprint import bp

__all__ = [
    "agenda",
    "bp",
    "cancelling",
    "checklist",
    "helping",
    "labels",
    "making",
    "offers",
    "overview",
    "parts",
    "revising",
    "slots",
]
