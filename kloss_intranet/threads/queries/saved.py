"""Posts that a reader has put aside, those whose day has come first."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, not_, or_, select

from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ...members.models import Institution
from ..models import Post, Saved, Thread
from .folding import folded
from .listing import visible
from .posts import PAGE, Voice
from .unread import MOST, NOW, Kind, in_time, kind, one_of, who_and_when

NO_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class SavedPost:
    """A post put aside; the wording is empty when it has been withdrawn or hidden since."""

    post_id: int
    remind_on: date | None
    signed_name: str
    voice: Voice
    words: str
    is_hidden: bool
    thread_id: int
    thread_title: str
    posted_at: datetime
    time_zone: str

    @property
    def day(self) -> date:
        return self.remind_on or NO_DAY


def _kept(reader: Actor, *columns: Any) -> Select[*tuple[Any, ...]]:
    """What of the saved posts `reader` may still see."""
    query: Select[*tuple[Any, ...]] = select(*columns)
    return (
        query.select_from(Saved)
        .join(Post, Post.id == Saved.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .where(
            Saved.member_id == reader.member_id, visible(reader), *in_time(reader), not_(folded(reader, NOW))
        )
    )


def saved_posts(reader: Actor, day: date | None = None, below: int | None = None) -> list[SavedPost]:
    """A page and one more, after the post `below` on `day`: by day, those without one last."""
    at = func.coalesce(Saved.remind_on, NO_DAY)
    query = _kept(
        reader,
        Post.id,
        Saved.remind_on,
        Post.signed_name,
        Institution.slug,
        Institution.name_sv,
        Institution.name_en,
        Post.as_guest,
        case((Post.stands, Post.body), else_=""),
        Post.hidden_at.is_not(None),
        Thread.id,
        Thread.title,
        Post.posted_at,
        Meeting.time_zone,
    ).order_by(at, Post.id.desc())
    if day is not None and below is not None:
        query = query.where(or_(at > day, and_(at == day, Post.id < below)))
    found = []
    for row in db.session.execute(query.limit(PAGE + 1), who_and_when(reader)):
        number, on, name, slug, sv, en, as_guest, *rest = row
        voice = Voice(slug, sv or "", en or "", False, as_guest)
        found.append(SavedPost(number, on, name, voice, *rest))
    return found


def due_count(reader: Actor) -> int:
    """How many saved posts have a day that has come, at most MOST."""
    asked = who_and_when(reader) | {"today": clock.today()}
    return db.session.scalar(_due(kind(reader)), asked) or 0


@lru_cache(maxsize=64)
def _due(kind: Kind) -> Select[*tuple[Any, ...]]:
    some = _kept(one_of(kind), Post.id).where(Saved.remind_on <= bindparam("today")).limit(MOST).subquery()
    return select(func.count()).select_from(some)
