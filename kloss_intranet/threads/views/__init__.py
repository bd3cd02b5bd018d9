"""The threads' pages."""

from . import reading, slots, writing
from .blueprint import bp

__all__ = ["bp", "reading", "slots", "writing"]
