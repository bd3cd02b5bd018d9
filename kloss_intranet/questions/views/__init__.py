"""The pages of questions."""

from . import changing, labels, listing, merging, page, proposing, relevance
from .blueprint import bp

__all__ = ["bp", "changing", "labels", "listing", "merging", "page", "proposing", "relevance"]
