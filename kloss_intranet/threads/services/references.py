"""Links to pages of ours in a post: given titles, kept for backlinks, and telling whom the post reaches."""

import re
from dataclasses import dataclass
from html import escape

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Post, Reference, ReferenceKind, Thread
from ..queries import named, references

MOST_REACHED = 10
"""Members that one post may name, by themselves or through their institutions."""

TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Resolved:
    """A post's HTML with titled links, what it refers to, and the members it reaches."""

    html: str
    targets: dict[references.Target, bool]
    """Whether each is quoted, not only linked."""
    reached: frozenset[int]


def resolve(html: str, thread: Thread, author_id: int) -> Resolved:
    """Give own links their titles and find who is named. Raises Refusal when too many are."""
    html = _with_names(html)
    links = texts.own_links(html)
    found = references.targets({link.path for link in links}, thread) if links else {}
    targets: dict[references.Target, bool] = {}
    for link in links:
        if target := found.get(link.path):
            is_quote = link.in_quote and target.kind is ReferenceKind.POST
            targets[target] = targets.get(target, False) or is_quote
    return Resolved(
        texts.titled(html, {path: each.title for path, each in found.items() if each.title}),
        targets,
        frozenset(_reached(targets) - {author_id}),
    )


def _reached(targets: dict[references.Target, bool]) -> set[int]:
    members = [each.id for each in targets if each.kind is ReferenceKind.MEMBER]
    seats = [each.id for each in targets if each.kind is ReferenceKind.INSTITUTION]
    named_members = references.reached(members, seats, clock.today()) if members or seats else set()
    if len(named_members) > MOST_REACHED:
        raise Refusal(
            text(
                "Inlägget nämner %(number)d personer, och högst %(most)d kan få veta det. Ta bort några namn."
            ),
            field="body",
            number=len(named_members),
            most=MOST_REACHED,
        )
    return named_members


def store(post: Post, resolved: Resolved) -> set[int]:
    """Keep what `post` refers to instead of what it referred to before; the members quoted come back."""
    db.session.execute(delete(Reference).where(Reference.post_id == post.id))
    db.session.add_all(
        Reference(post_id=post.id, kind=target.kind, target_id=target.id, is_quote=is_quote)
        for target, is_quote in resolved.targets.items()
    )
    if any(is_quote or target.kind is ReferenceKind.THREAD for target, is_quote in resolved.targets.items()):
        db.session.flush()
        redraw(tells_of(post.id))
    quoted = [target.id for target, is_quote in resolved.targets.items() if is_quote]
    if not quoted:
        return set()
    return set(db.session.scalars(select(Post.member_id).where(Post.id.in_(quoted))))


def hold(thread: Thread, resolved: Resolved) -> None:
    """Take the threads that a new post changes in one order: two such posts then never lock each other."""
    linked = [target.id for target in resolved.targets if target.kind is ReferenceKind.THREAD]
    quoted = [target.id for target, is_quote in resolved.targets.items() if is_quote]
    if linked or quoted:
        homes = select(Post.thread_id).where(Post.id.in_(quoted))
        changed = or_(Thread.id.in_([thread.id, *linked]), Thread.id.in_(homes))
        db.session.execute(select(Thread.id).where(changed).order_by(Thread.id).with_for_update())


def tells_of(post_id: int) -> ColumnElement[bool]:
    """Thread has a page that says that the post links to the thread or quotes from it."""
    return tells_of_any(select(Post.id).where(Post.id == post_id))


def tells_of_any(posts: Select[int]) -> ColumnElement[bool]:
    """Thread has a page that says so of one of the posts with these numbers."""
    quoted = select(Post.thread_id).join(Reference, Reference.target_id == Post.id)
    linked = select(Reference.target_id)
    own = Reference.post_id.in_(posts)
    return or_(
        Thread.id.in_(quoted.where(own, Reference.kind == ReferenceKind.POST, Reference.is_quote)),
        Thread.id.in_(linked.where(own, Reference.kind == ReferenceKind.THREAD)),
    )


def told_by(thread_id: int) -> ColumnElement[bool]:
    """Thread is linked to from a post in the thread with this number, and says so by that one's title."""
    linked = (
        select(Reference.target_id)
        .join(Post, Post.id == Reference.post_id)
        .where(Post.thread_id == thread_id, Reference.kind == ReferenceKind.THREAD)
    )
    return Thread.id.in_(linked)


def redraw(*threads: ColumnElement[bool]) -> None:
    """Let the pages of these threads be drawn anew."""
    db.session.execute(
        update(Thread)
        .where(or_(*threads))
        .values(changes=Thread.changes + 1)
        .execution_options(synchronize_session=False)
    )


def _with_names(html: str) -> str:
    """Turn `@Full Name` into a link where a member or an institution is called so."""
    if "@" not in html:
        return html
    pages = {escape(name, quote=False): path for name, path in named.nameable(clock.today()).items()}
    if not pages:
        return html
    longest_first = sorted(map(re.escape, pages), key=len, reverse=True)
    name = re.compile(rf"(?<![\w.])@({'|'.join(longest_first)})(?!\w)")
    parts = TAG.split(html)
    depth = 0
    for place, part in enumerate(parts):
        if part.startswith("<"):
            depth += part.startswith("<a ") - part.startswith("</a")
        elif not depth:
            parts[place] = name.sub(lambda match: f'<a href="{pages[match[1]]}">@{match[1]}</a>', part)
    return "".join(parts)
