"""The pages of coming to a meeting."""

from . import attended, counts, participants, signing, standing_in
from .blueprint import bp

__all__ = ["attended", "bp", "counts", "participants", "signing", "standing_in"]
