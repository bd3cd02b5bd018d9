"""The pages of moderation."""

from .blueprint import bp

__all__ = ["bp"]
