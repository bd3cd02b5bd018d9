"""The strip on a question's page: its axis, the dots, and the form for one's own."""

from .. import models
from . import placing, reading, setting
from .blueprint import bp

__all__ = ["bp", "models", "placing", "reading", "setting"]
