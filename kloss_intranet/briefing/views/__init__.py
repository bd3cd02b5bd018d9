"""The briefing of a meeting: its page, its PDF and its Word file; and a dossier's two files."""

from . import dossiers, pages
from .blueprint import bp

__all__ = ["bp", "dossiers", "pages"]
