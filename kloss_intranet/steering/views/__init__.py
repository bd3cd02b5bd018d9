"""The pages of the closed room, and what members meet of its dossiers."""

from .. import models
from .blueprint import bp

__all__ = ["bp", "models"]
