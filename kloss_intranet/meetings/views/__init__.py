"""The meetings' pages."""

from . import labels, pages
from .blueprint import bp

__all__ = ["bp", "labels", "pages"]
