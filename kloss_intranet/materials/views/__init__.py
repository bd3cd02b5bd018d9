"""The pages of a meeting's materials."""

from . import files, folders
from .blueprint import bp

__all__ = ["bp", "files", "folders"]
