"""Choosing what one is told of, and noting what one has seen of it."""

from sqlalchemy import exists, or_, select

from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...mail import services as mail
from ...mail.models import Letter
from ...meetings.models import Meeting
from ...minutes.queries.telling import spares
from ...themes.models import Theme
from ..models import Following, Level, Post, Thread
from ..queries import following, notices
from .turns import wait_for_turn

NO_CHOICE = "default"


def choose(member: Actor, subject: Thread | Meeting | Theme, level: str) -> Level | None:
    """Note what the member wants to be told of `subject`; `default` takes the choice away.

    Raises Refusal for a level that there is not.
    """
    if level not in (NO_CHOICE, *Level):
        raise Refusal(text("Välj vad du vill få mail om."), field="level")
    wait_for_turn(member.member_id)
    column = following.about(subject)
    kept = db.session.scalar(
        select(Following).where(Following.member_id == member.member_id, column == subject.id)
    )
    if level == NO_CHOICE:
        if kept is not None:
            db.session.delete(kept)
        return None
    if kept is None:
        kept = Following(member_id=member.member_id, **{column.key: subject.id})
        db.session.add(kept)
    kept.level, kept.changed_at = Level(level), clock.now()
    return Level(level)


def seen(thread: Thread, reader: Actor, seq: int) -> None:
    """The reader has read up to `seq`: what letters told of until there leaves the home page."""
    later = exists().where(Post.id == notices.POST_OF_LETTER, Post.thread_id == thread.id, Post.seq > seq)
    told = or_(Letter.conversation == notices.conversation(thread.id), Letter.path == f"/threads/{thread.id}")
    mail.seen(reader.member_id, told, ~later)


@spares
def _choosing_nothing(meeting: Meeting) -> set[int]:
    """Those who chose no mail about the meeting get none about its minutes and closing either."""
    chosen = (Following.meeting_id == meeting.id, Following.level == Level.NONE)
    return set(db.session.scalars(select(Following.member_id).where(*chosen)))
