"""The pages of a meeting's materials."""

from . import files, folders, terms
from .blueprint import bp

__all__ = ["bp", "files", "folders", "terms"]
