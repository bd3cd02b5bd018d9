"""Reads of threads: one thread, a page of its posts, and lists of threads."""

from .drafts import KeptDraft, draft, draft_at, draft_count, drafts, subject
from .folding import folded, folded_phase, is_folded, seeing
from .listing import ListedThread, MeetingLine, thread_list, unread_threads, unwritten_threads, visible
from .news import excerpts
from .posts import (
    PAGE,
    PostRow,
    Voice,
    filtered_posts,
    first_from,
    last_post,
    post,
    posts_from,
    posts_to,
)
from .saved import SavedPost, due_count, saved_posts
from .sides import sides
from .thread import institutions, thread, threads_among
from .unread import MOST, Standing, first_folded, folded_count, in_time, standing

__all__ = [
    "MOST",
    "PAGE",
    "KeptDraft",
    "ListedThread",
    "MeetingLine",
    "PostRow",
    "SavedPost",
    "Standing",
    "Voice",
    "draft",
    "draft_at",
    "draft_count",
    "drafts",
    "due_count",
    "excerpts",
    "filtered_posts",
    "first_folded",
    "first_from",
    "folded",
    "folded_count",
    "folded_phase",
    "in_time",
    "institutions",
    "is_folded",
    "last_post",
    "post",
    "posts_from",
    "posts_to",
    "saved_posts",
    "seeing",
    "sides",
    "standing",
    "subject",
    "thread",
    "thread_list",
    "threads_among",
    "unread_threads",
    "unwritten_threads",
    "visible",
]
