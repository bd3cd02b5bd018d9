"""The pages of desk."""

from .blueprint import bp

__all__ = ["bp"]
