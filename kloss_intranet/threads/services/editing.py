"""Changing a post: openly, and never over what somebody else wrote meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ..models import (
    Aspect,
    Factor,
    Post,
    PostKind,
    Relation,
    Revision,
    Thread,
)
from . import references
from .holding import hold_home
from .publishing import tally

QUIET = timedelta(minutes=5)
"""After posting, the time in which one corrects oneself without a mark."""


CHOICES = ("aspect", "factor", "context", "relation", "not_for_quoting")
WORDING = ("body", "body_html", "policy", *CHOICES, "edited_at", "version")
"""The columns of a post that a change writes."""


@dataclass(frozen=True)
class Wording:
    """All of a post that can be changed; a reply has a relation, an experience has the rest."""

    body: texts.Written
    aspect: Aspect | None = None
    factor: Factor | None = None
    context: str | None = None
    relation: Relation | None = None
    not_for_quoting: bool = False


class Clash(Refusal):
    """The post was changed after the reader opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(text("Inlägget har ändrats sedan du öppnade det."), status=409)


@dataclass(frozen=True)
class Revised:
    """Whether an edit changed anything, and the members whom the new wording names or quotes."""

    is_changed: bool
    reached: frozenset[int] = frozenset()


def revise(post: Post, editor: Actor, wording: Wording, version: int) -> Revised:
    """Give `post` a new wording in place of its `version`; one that says the same writes nothing.

    After the quiet minutes, or on the other side of the meeting, the old wording is kept as a revision;
    not for the mark against quoting, which is no wording.
    Raises Clash when the post has another version by now, and Refusal when too many people are named.
    """
    resolved = references.resolve(wording.body.html, post.thread, editor.member_id)
    new = _columns(post, wording, resolved.html)
    differing = {name for name, value in new.items() if getattr(post, name) != value}
    if not differing:
        return Revised(is_changed=False)
    if post.version != version:
        raise Clash
    hold_home(post)
    now = clock.now()
    # What may be done with the words is not how they are worded: no earlier wording comes of it.
    is_quiet = in_quiet(post, now) or differing == {"not_for_quoting"}
    # The version is asked for in the same statement, so that of two who save at once one is refused.
    saved = db.session.scalar(
        update(Post)
        .where(Post.id == post.id, Post.version == version, Post.stands)
        .values(
            version=Post.version + 1,
            policy=texts.POLICY,
            edited_at=Post.edited_at if is_quiet else now,
            **new,
        )
        .returning(Post.id)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        raise Clash
    if not is_quiet:
        db.session.add(_kept(post))
    if post.relation != wording.relation and post.kind is PostKind.REPLY:
        tally(post.thread_id, post.relation, -1)
        tally(post.thread_id, wording.relation, +1)
    changed(post)
    quoted = references.store(post, resolved) - {editor.member_id}
    mark = {"not_for_quoting": wording.not_for_quoting} if "not_for_quoting" in differing else {}
    record("post.revise", f"post:{post.id}", editor.member_id, version=version + 1, **mark)
    db.session.refresh(post, WORDING)
    return Revised(is_changed=True, reached=resolved.reached | quoted)


def in_quiet(post: Post, now: datetime) -> bool:
    """Whether `post` is so new that a change is not marked; crossing the meeting ends that at once."""
    meeting = post.thread.meeting
    return now - post.posted_at < QUIET and meeting.phase_at(now) is meeting.phase_at(post.posted_at)


def changed(post: Post) -> None:
    """Let the thread of `post` be drawn anew, where it is answered, and what it quotes and links to."""
    answers = select(Post.thread_id).where(Post.parent_id == post.id)
    references.redraw(Thread.id == post.thread_id, Thread.id.in_(answers), references.tells_of(post.id))


def _columns(post: Post, wording: Wording, html: str) -> dict[str, Any]:
    # The same looks are the same text, though a link that got its title has more words than were typed.
    plain = post.body if html == post.body_html else wording.body.plain
    new: dict[str, Any] = {"body": plain, "body_html": html, "not_for_quoting": wording.not_for_quoting}
    if post.kind is PostKind.REPLY:
        return new | {"relation": wording.relation}
    if wording.aspect is None:
        raise Refusal(
            text("Välj om erfarenheten handlar om en drivkraft, ett incitament eller en metod."),
            field="aspect",
        )
    return new | {
        "aspect": wording.aspect,
        "factor": wording.factor or Factor.NEITHER,
        "context": wording.context or None,
    }


def _kept(post: Post) -> Revision:
    """The wording of `post` as it was read, before the change."""
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.post_id == post.id))
    return Revision(
        post_id=post.id,
        number=(last or 0) + 1,
        body=post.body,
        body_html=post.body_html,
        policy=post.policy,
        relation=post.relation,
        aspect=post.aspect,
        factor=post.factor,
        context=post.context,
        written_at=post.edited_at or post.posted_at,
    )
