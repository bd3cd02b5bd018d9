"""Reads of threads: one thread, a page of its posts, and lists of threads."""

from .listing import NewThread, thread_list, unread_threads, unwritten_threads, visible
from .posts import PAGE, PostRow, Voice, filtered_posts, post, posts_from, reading_of, sides
from .thread import thread, told

__all__ = [
    "PAGE",
    "NewThread",
    "PostRow",
    "Voice",
    "filtered_posts",
    "post",
    "posts_from",
    "reading_of",
    "sides",
    "thread",
    "thread_list",
    "told",
    "unread_threads",
    "unwritten_threads",
    "visible",
]
