"""The pages of rules."""

from .blueprint import bp

__all__ = ["bp"]
