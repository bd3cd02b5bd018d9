"""A document as a Word file."""

from .writing import docx

__all__ = ["docx"]
