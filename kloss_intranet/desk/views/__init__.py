"""The pages of desk."""

from . import acting, page
from .blueprint import bp

__all__ = ["acting", "bp", "page"]
