"""The pages of minutes and of closing."""

from . import closing, correcting, history, publishing, reading, writing
from .blueprint import bp

__all__ = ["bp", "closing", "correcting", "history", "publishing", "reading", "writing"]
