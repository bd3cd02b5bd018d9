"""Opening threads, publishing posts, marking what was read."""

from sqlalchemy import select, update

from ..audit.services import record
from ..core import clock
from ..core import text as texts
from ..core.db import db
from ..core.policy import Actor
from ..core.words import Refusal, text
from ..meetings.models import Meeting
from ..themes.models import Theme
from .models import Aspect, Audience, Factor, Post, PostKind, Reading, Relation, Thread

LONGEST_POST = 20_000
"""Characters in a post; about eight printed pages."""

NOT_HERE = text("Inlägget som du svarar på finns inte i den här tråden.")


def open_thread(
    meeting: Meeting,
    theme: Theme | None,
    author: Actor,
    *,
    title: str,
    introduction: str | None,
    audience: Audience,
) -> Thread:
    """A new thread of `meeting`. Raises Refusal for a steering thread opened by somebody else."""
    if theme is None:
        raise Refusal(text("Välj ett tema."), field="theme")
    if audience is Audience.STEERING and not author.in_steering:
        raise Refusal(text("Bara styrgruppen kan öppna en tråd för styrgruppen."), field="audience")
    thread = Thread(
        meeting=meeting,
        theme=theme,
        title=title,
        introduction=introduction or None,
        audience=audience,
        opened_by_id=author.member_id,
        opened_at=clock.now(),
        last_seq=0,
    )
    db.session.add(thread)
    db.session.flush()
    record("thread.open", f"thread:{thread.id}", author.member_id)
    return thread


def publish(
    thread: Thread,
    author: Actor,
    *,
    body: str,
    aspect: Aspect | None = None,
    factor: Factor | None = None,
    context: str | None = None,
    parent: Post | None = None,
    relation: Relation | None = None,
    submission: str | None = None,
) -> tuple[Post, bool]:
    """Write an experience, or a reply when `parent` is given; the flag tells whether it is new.

    The same `submission` sent again gives the post it made the first time. Raises Refusal when `parent`
    stands in another thread or an experience lacks its aspect.
    """
    if submission and (known := _submitted(author.member_id, submission)):
        return known, False
    if parent is not None and parent.thread_id != thread.id:
        raise Refusal(NOT_HERE, field="reply_to")
    if parent is None and aspect is None:
        raise Refusal(
            text("Välj om erfarenheten handlar om en drivkraft, ett incitament eller en metod."),
            field="aspect",
        )
    html = texts.to_html(body)
    now = clock.now()
    seq = db.session.scalar(
        update(Thread)
        .where(Thread.id == thread.id)
        .values(last_seq=Thread.last_seq + 1, last_posted_at=now)
        .returning(Thread.last_seq)
    )
    if seq is None:
        raise Refusal(text("Tråden finns inte längre."))
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
        body=body,
        body_html=html,
        policy=texts.POLICY,
        posted_at=now,
        member_id=author.member_id,
        mandate_id=author.mandate_id,
        institution_id=author.institution_id,
        signed_name=author.name,
        signed_title=author.title,
        submission=submission or None,
    )
    db.session.add(post)
    db.session.flush()
    _read_own(thread.id, author.member_id, seq)
    record("post.publish", f"post:{post.id}", author.member_id)
    return post, True


def mark_read(thread: Thread, reader: Actor, seq: int) -> None:
    """Note that `reader` has read up to `seq`; a mark never moves back here, nor past the last post."""
    seq = min(seq, thread.last_seq)
    mark = db.session.get(Reading, (reader.member_id, thread.id))
    if mark is None:
        db.session.add(Reading(member_id=reader.member_id, thread_id=thread.id, seq=max(seq, 0)))
    else:
        mark.seq = max(mark.seq, seq)


def _submitted(member_id: int, submission: str) -> Post | None:
    return db.session.scalar(select(Post).where(Post.member_id == member_id, Post.submission == submission))


def _read_own(thread_id: int, member_id: int, seq: int) -> None:
    """One's own post is read, unless there is something unread before it."""
    mark = db.session.get(Reading, (member_id, thread_id))
    if mark is not None and mark.seq == seq - 1:
        mark.seq = seq
    elif mark is None and seq == 1:
        db.session.add(Reading(member_id=member_id, thread_id=thread_id, seq=1))
