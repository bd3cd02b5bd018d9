"""The pages of rules."""

from . import editing, reading
from .blueprint import bp

__all__ = ["bp", "editing", "reading"]
