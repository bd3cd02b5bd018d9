"""The briefing of a meeting: its page, its PDF and its Word file."""

from .blueprint import bp

__all__ = ["bp"]
