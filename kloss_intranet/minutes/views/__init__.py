"""The pages of minutes and of closing."""

from . import closing, history, publishing, reading, writing
from .blueprint import bp

__all__ = ["bp", "closing", "history", "publishing", "reading", "writing"]
