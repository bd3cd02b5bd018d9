"""The pages of announcements."""

from .blueprint import bp

__all__ = ["bp"]
