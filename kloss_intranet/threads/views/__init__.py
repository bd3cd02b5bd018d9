"""The threads' pages."""

from ..services import questions  # follows what happens to questions
from . import (
    attachments,
    drafting,
    drafts,
    editing,
    files,
    folding,
    following,
    history,
    news,
    notices,
    opening,
    pointers,
    publishing,
    reading,
    references,
    saving,
    slots,
    withdrawing,
    writing,
)
from .blueprint import bp

__all__ = [
    "attachments",
    "bp",
    "drafting",
    "drafts",
    "editing",
    "files",
    "folding",
    "following",
    "history",
    "news",
    "notices",
    "opening",
    "pointers",
    "publishing",
    "questions",
    "reading",
    "references",
    "saving",
    "slots",
    "withdrawing",
    "writing",
]
