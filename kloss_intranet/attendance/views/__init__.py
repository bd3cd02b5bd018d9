"""The pages of coming to a meeting."""

from . import attended, counts, labels, participants, signing, standing_in
from .blueprint import bp

__all__ = ["attended", "bp", "counts", "labels", "participants", "signing", "standing_in"]
