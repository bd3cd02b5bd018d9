"""The door's pages."""

from . import links, resuming, signing
from .blueprint import bp

__all__ = ["bp", "links", "resuming", "signing"]
