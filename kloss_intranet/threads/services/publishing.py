"""Publishing experiences and replies."""

from dataclasses import dataclass

from sqlalchemy import select, update

from ...attendance.models import StandIn
from ...attendance.queries import stands_in_for
from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...members.models import Member
from ..models import Aspect, Factor, Post, PostKind, Relation, Thread
from . import references
from .reading import read_own
from .turns import wait_for_turn

LONGEST_POST = 20_000
"""Characters in a post; about eight printed pages."""

NOT_HERE = text("Inlägget som du svarar på finns inte i den här tråden.")


@dataclass(frozen=True)
class Published:
    """The post that a form made, whether it is new, and the members it names or quotes."""

    post: Post
    is_new: bool
    reached: frozenset[int] = frozenset()


def publish(  # noqa: PLR0913 - as many as the form has fields
    thread: Thread,
    author: Actor,
    *,
    body: texts.Written,
    aspect: Aspect | None = None,
    factor: Factor | None = None,
    context: str | None = None,
    parent: Post | None = None,
    relation: Relation | None = None,
    submission: str | None = None,
    not_for_quoting: bool = False,
) -> Published:
    """Write an experience, or a reply when `parent` is given.

    The same `submission` sent again gives the post it made the first time. Raises Refusal when `parent`
    stands in another thread, an experience lacks its aspect, or too many people are named.
    """
    wait_for_turn(author.member_id)
    if submission and (known := _submitted(author.member_id, submission)):
        return Published(known, is_new=False)
    if parent is not None and parent.thread_id != thread.id:
        raise Refusal(NOT_HERE, field="reply_to")
    if parent is None and aspect is None:
        raise Refusal(
            text("Välj om erfarenheten handlar om en drivkraft, ett incitament eller en metod."),
            field="aspect",
        )
    resolved = references.resolve(body.html, thread, author.member_id)
    references.hold(thread, resolved)
    now = clock.now()
    stands_in = not author.in_network and thread.meeting_id in author.standing_in
    replaced = stands_in_for(thread.meeting_id, author.member_id) if stands_in else None
    as_guest = not author.in_network and replaced is None
    seq = db.session.scalar(
        update(Thread)
        .where(Thread.id == thread.id, Thread.closed_at.is_(None))
        .values(last_seq=Thread.last_seq + 1, last_posted_at=now, changes=Thread.changes + 1)
        .returning(Thread.last_seq)
    )
    if seq is None:
        raise Refusal(text("Tråden har blivit låst eller gått upp i en annan medan du skrev."), status=409)
    post = Post(
        thread=thread,
        thread_id=thread.id,
        seq=seq,
        root_seq=parent.root_seq if parent else seq,
        parent_id=parent.id if parent else None,
        kind=PostKind.REPLY if parent else PostKind.EXPERIENCE,
        relation=relation if parent else None,
        aspect=None if parent else aspect,
        factor=None if parent else factor or Factor.NEITHER,
        context=None if parent else context or None,
        body=body.plain,
        body_html=resolved.html,
        policy=texts.POLICY,
        posted_at=now,
        member_id=author.member_id,
        mandate_id=author.mandate_id,
        institution_id=replaced.institution_id if replaced else author.institution_id,
        signed_name=author.name,
        signed_title=_title(author, replaced),
        as_guest=as_guest,
        submission=submission or None,
        not_for_quoting=not_for_quoting,
    )
    db.session.add(post)
    db.session.flush()
    if parent is not None:
        tally(thread.id, relation, +1)
    quoted = references.store(post, resolved) - {author.member_id}
    read_own(thread.id, author.member_id, seq)
    record("post.publish", f"post:{post.id}", author.member_id)
    return Published(post, is_new=True, reached=resolved.reached | quoted)


def _title(author: Actor, replaced: StandIn | None) -> str | None:
    """The member's title; of a stand-in who is absent, and of a guest where they come from."""
    if replaced is not None:
        return f"ersätter {replaced.absent.name}"
    if author.in_network:
        return author.title
    member = db.session.get(Member, author.member_id)
    return (member.affiliation if member else None) or author.title


def tally(thread_id: int, relation: Relation | None, by: int) -> None:
    """Count a reply with `relation` in or out of the thread's small map."""
    if relation is not None:
        column = getattr(Thread, relation.value)
        db.session.execute(update(Thread).where(Thread.id == thread_id).values({column: column + by}))


def _submitted(member_id: int, submission: str) -> Post | None:
    return db.session.scalar(select(Post).where(Post.member_id == member_id, Post.submission == submission))
