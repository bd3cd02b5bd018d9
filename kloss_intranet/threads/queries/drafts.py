"""A member's drafts, and the places they belong to."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from ...core.db import db
from ...meetings.models import Host, Meeting
from ..models import Draft, Place, Post, Thread

OF_POST = (Place.REPLY, Place.EDIT)


@dataclass(frozen=True)
class KeptDraft:
    """A draft with the thread, post or meeting that it is about; None when that is gone."""

    draft: Draft
    subject: Any


def draft(draft_id: int) -> Draft | None:
    return db.session.get(Draft, draft_id)


AT = select(Draft).where(
    Draft.member_id == bindparam("member"),
    Draft.place == bindparam("place"),
    Draft.subject_id == bindparam("subject"),
)
COUNT = select(func.count()).where(Draft.member_id == bindparam("member"))


def draft_at(member_id: int, place: Place, subject_id: int) -> Draft | None:
    """What the member has begun to write in this place."""
    return db.session.scalar(AT, {"member": member_id, "place": place, "subject": subject_id})


def draft_count(member_id: int) -> int:
    return db.session.scalar(COUNT, {"member": member_id}) or 0


def drafts(member_id: int) -> list[KeptDraft]:
    """All that the member has begun, the latest first: five statements however many they are."""
    kept = list(
        db.session.scalars(select(Draft).where(Draft.member_id == member_id).order_by(Draft.saved_at.desc()))
    )
    known = {
        Thread: _by_id(Thread, kept, Place.EXPERIENCE),
        Post: _by_id(Post, kept, *OF_POST),
        Meeting: _by_id(Meeting, kept, Place.THREAD),
    }
    return [KeptDraft(draft, known[kind(draft.place)].get(draft.subject_id)) for draft in kept]


def kind(place: Place) -> type[Thread] | type[Post] | type[Meeting]:
    """What a draft of this place is about."""
    return Post if place in OF_POST else Meeting if place is Place.THREAD else Thread


def subject(place: Place, subject_id: int) -> Any:
    """The thing with this number that a draft of this place is about, or None."""
    about = kind(place)
    return db.session.get(about, subject_id, options=_whole(about))


def _by_id(about: Any, kept: list[Draft], *places: Place) -> dict[int, Any]:
    ids = {draft.subject_id for draft in kept if draft.place in places}
    if not ids:
        return {}
    found = db.session.scalars(select(about).where(about.id.in_(ids)).options(*_whole(about)))
    return {thing.id: thing for thing in found}


def _whole(about: Any) -> list[Any]:
    if about is Post:
        return [joinedload(Post.thread)]
    return [selectinload(Meeting.hosts).joinedload(Host.institution)] if about is Meeting else []
