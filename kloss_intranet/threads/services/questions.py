"""What threads do for the questions they are about: follow one that is merged, and tell who wrote."""

from sqlalchemy import and_, delete, select, update

from ...core.db import db
from ...questions.queries.echoes import Talk, talks
from ...questions.services.merging import moves
from ..models import Audience, Post, Reference, ReferenceKind, Thread


@moves
def follow(one: int, into: int) -> None:
    """Threads about the question, and the links to it in posts, go along."""
    threads = update(Thread).where(Thread.question_id == one)
    threads = threads.values(question_id=into, changes=Thread.changes + 1)
    db.session.execute(threads.execution_options(synchronize_session=False))
    of_one = (Reference.kind == ReferenceKind.QUESTION, Reference.target_id == one)
    there = select(Reference.post_id).where(
        Reference.kind == ReferenceKind.QUESTION, Reference.target_id == into
    )
    # A post that links to both is mentioned once.
    both = delete(Reference).where(*of_one, Reference.post_id.in_(there))
    db.session.execute(both.execution_options(synchronize_session=False))
    links = update(Reference).where(*of_one).values(target_id=into)
    db.session.execute(links.execution_options(synchronize_session=False))


@talks
def of_meeting(meeting_id: int) -> list[Talk]:
    """The network's threads about questions at the meeting, with those whose posts stand in them."""
    rows = db.session.execute(
        select(Thread.id, Thread.title, Thread.question_id, Post.member_id)
        .outerjoin(Post, and_(Post.thread_id == Thread.id, Post.stands))
        .where(
            Thread.meeting_id == meeting_id,
            Thread.question_id.is_not(None),
            Thread.audience == Audience.NETWORK,
            Thread.merged_into_id.is_(None),
        )
        .distinct()
        .order_by(Thread.id)
    )
    found: dict[int, Talk] = {}
    for number, title, question_id, member_id in rows:
        talk = found.setdefault(number, Talk(number, title, question_id or 0, set()))
        if member_id is not None:
            talk.members.add(member_id)
    return list(found.values())
