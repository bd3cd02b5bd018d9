"""The pages of records."""

from .blueprint import bp

__all__ = ["bp"]
