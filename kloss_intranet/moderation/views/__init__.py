"""The pages of moderation, one file for each capability."""

from . import (
    acting,
    arranging,
    beside,
    case,
    locking,
    measures,
    own,
    placing,
    queue,
    record,
    reporting,
)
from .blueprint import bp

__all__ = [
    "acting",
    "arranging",
    "beside",
    "bp",
    "case",
    "locking",
    "measures",
    "own",
    "placing",
    "queue",
    "record",
    "reporting",
]
