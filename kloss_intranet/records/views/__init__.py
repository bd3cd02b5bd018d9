"""The pages of records."""

from . import audit
from .blueprint import bp

__all__ = ["audit", "bp"]
