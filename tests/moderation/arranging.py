"""What the tests of moving, joining and parting threads share."""

from typing import Any

from sqlalchemy import select

from kloss_intranet.mail.models import Letter
from kloss_intranet.moderation.models import Act, Decision
from kloss_intranet.threads.models import Post, Reading, Thread

REASON = "Det hör hemma där."


def on(thread: Any, act: str) -> str:
    return f"/threads/{thread.id}/moderation?act={act}"


def move(client: Any, thread: Any, posts: Any, into: Any, **more: Any) -> Any:
    """Fill in the form for several posts."""
    sent = {
        "posts": [post.id for post in posts],
        "into": into if into == "new" else into.id,
        "reason": REASON,
    }
    return client.post(f"/threads/{thread.id}/post-moves", sent | more, form_on=on(thread, "posts"))


def merge(client: Any, thread: Any, into: Any) -> Any:
    sent = {"into": into.id, "reason": REASON}
    return client.post(f"/threads/{thread.id}/merges", sent, form_on=on(thread, "merge"))


def places(make: Any, thread: Any) -> list[tuple[int, int, str]]:
    """Of each post of the thread its place, that of its conversation, and its words."""
    with make.session() as session:
        rows = session.execute(
            select(Post.seq, Post.root_seq, Post.body).where(Post.thread_id == thread.id).order_by(Post.seq)
        )
        return [tuple(row) for row in rows]


def kept(make: Any, thread: Any) -> Thread:
    with make.session() as session:
        return session.get(Thread, thread.id)


def measures(make: Any) -> list[tuple[Act, str, int]]:
    with make.session() as session:
        rows = session.execute(
            select(Decision.act, Decision.subject_kind, Decision.subject_id).order_by(Decision.id)
        )
        return [tuple(row) for row in rows]


def mark(make: Any, thread: Any, member: Any, seq: int | None = None) -> int | None:
    """How far the member has read; with `seq`, they have read so far."""
    with make.session() as session:
        if seq is not None:
            session.add(Reading(member_id=member.id, thread_id=thread.id, seq=seq))
            return seq
        return session.scalar(
            select(Reading.seq).where(Reading.member_id == member.id, Reading.thread_id == thread.id)
        )


def told(make: Any, member: Any) -> list[str]:
    with make.session() as session:
        return list(
            session.scalars(select(Letter.subject).where(Letter.member_id == member.id).order_by(Letter.id))
        )
