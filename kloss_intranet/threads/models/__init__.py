"""Threads and what hangs on them: posts, drafts, files, and what each member has read and follows."""

from .attachment import Attachment, AttachmentVersion
from .draft import Draft, Place
from .move import PostMove, ThreadMove
from .post import Aspect, Factor, Post, PostKind, Reference, ReferenceKind, Relation, Revision
from .reading import Following, Level, Reading, Saved, Unfolding
from .thread import Audience, Thread

__all__ = [
    "Aspect",
    "Attachment",
    "AttachmentVersion",
    "Audience",
    "Draft",
    "Factor",
    "Following",
    "Level",
    "Place",
    "Post",
    "PostKind",
    "PostMove",
    "Reading",
    "Reference",
    "ReferenceKind",
    "Relation",
    "Revision",
    "Saved",
    "Thread",
    "ThreadMove",
    "Unfolding",
]
