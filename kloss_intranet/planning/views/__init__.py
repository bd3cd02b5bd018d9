"""The pages where meetings are planned and arranged."""

from . import (
    agenda,
    cancelling,
    checklist,
    guests,
    helping,
    labels,
    making,
    offers,
    overview,
    parts,
    revising,
    slots,
)
from .blueprint import bp

__all__ = [
    "agenda",
    "bp",
    "cancelling",
    "checklist",
    "guests",
    "helping",
    "labels",
    "making",
    "offers",
    "overview",
    "parts",
    "revising",
    "slots",
]
