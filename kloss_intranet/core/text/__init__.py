"""A member's text becomes safe HTML here and nowhere else: two unlike sanitisers, one allow-list."""

from .addresses import local
from .characters import HIDDEN, composed, excerpt, tidy
from .door import Written, clean, recleaned, shown, to_html, to_text, written
from .gates import ATTRIBUTES, POLICY, TAGS
from .links import OwnLink, absolute, own_links, titled

__all__ = [
    "ATTRIBUTES",
    "HIDDEN",
    "POLICY",
    "TAGS",
    "OwnLink",
    "Written",
    "absolute",
    "clean",
    "composed",
    "excerpt",
    "local",
    "own_links",
    "recleaned",
    "shown",
    "tidy",
    "titled",
    "to_html",
    "to_text",
    "written",
]
