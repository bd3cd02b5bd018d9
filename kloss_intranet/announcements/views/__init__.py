"""The pages of announcements."""

from . import reading, sending, writing
from .blueprint import bp

__all__ = ["bp", "reading", "sending", "writing"]
