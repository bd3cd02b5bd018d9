"""The pages of the closed room, and what members meet of its dossiers."""

from ..services import merging  # follows what happens to questions
from . import (
    agenda,
    citing,
    contributions,
    dossiers,
    editions,
    heard,
    objections,
    ordering,
    parts,
    preparations,
    publishing,
    room,
)
from .blueprint import bp

__all__ = [
    "agenda",
    "bp",
    "citing",
    "contributions",
    "dossiers",
    "editions",
    "heard",
    "merging",
    "objections",
    "ordering",
    "parts",
    "preparations",
    "publishing",
    "room",
]
