"""What was written under each agenda item, now and before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...core.db import db
from ...core.policy import Actor, Permission, may
from ...meetings import queries as meetings
from ...meetings.models import AgendaItem, Host, Meeting, MeetingState
from ...questions.models import Question
from ..models import Entry, EntryRevision


@dataclass(frozen=True)
class Matter:
    """What one writes about: an agenda item, or without one the whole meeting; policy sees the meeting."""

    meeting: Meeting
    item: AgendaItem | None
    entry: Entry | None

    @property
    def id(self) -> int:
        return self.meeting.id

    @property
    def minutes_published_at(self) -> datetime | None:
        return self.meeting.minutes_published_at


def of_slug(slug: str) -> Matter | None:
    """The meeting as a whole."""
    meeting = meetings.meeting(slug)
    return Matter(meeting, None, entry(meeting.id, None)) if meeting else None


def of_item(item_id: int) -> Matter | None:
    """One item of an agenda."""
    slug = db.session.scalar(
        select(Meeting.slug)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.id == item_id)
    )
    meeting = meetings.meeting(slug) if slug else None
    item = next((one for one in meeting.agenda if one.id == item_id), None) if meeting else None
    return Matter(meeting, item, entry(meeting.id, item_id)) if meeting and item else None


def entry(meeting_id: int, item_id: int | None) -> Entry | None:
    """What is written about the item, or without one about the meeting as a whole, as it is by now."""
    about = Entry.agenda_item_id == item_id if item_id is not None else Entry.agenda_item_id.is_(None)
    return db.session.scalar(
        select(Entry)
        .where(Entry.meeting_id == meeting_id, about)
        .options(joinedload(Entry.written_by))
        .execution_options(populate_existing=True)
    )


def entries(meeting_id: int) -> dict[int | None, Entry]:
    """All that is written about the meeting, by agenda item."""
    found = db.session.scalars(
        select(Entry).where(Entry.meeting_id == meeting_id).options(joinedload(Entry.written_by))
    )
    return {one.agenda_item_id: one for one in found}


def wordings(one: Entry, since: datetime | None = None) -> list[Entry | EntryRevision]:
    """The wordings of an entry, newest first; with `since`, none that was replaced before that."""
    kept = db.session.scalars(
        select(EntryRevision)
        .where(EntryRevision.entry_id == one.id)
        .order_by(EntryRevision.number.desc())
        .options(joinedload(EntryRevision.written_by))
    )
    found: list[Entry | EntryRevision] = [one]
    for before in kept:
        if since is not None and found[-1].written_at <= since:
            break
        found.append(before)
    return found


def of_question(question: Question, reader: Actor) -> Sequence[Entry]:
    """What was written where the question was treated, in the order of the meetings, as `reader` may see."""
    ids = [treatment.agenda_item_id for treatment in question.treatments]
    found = db.session.scalars(
        select(Entry)
        .where(Entry.agenda_item_id.in_(ids))
        .options(
            joinedload(Entry.agenda_item),
            joinedload(Entry.meeting).selectinload(Meeting.hosts).joinedload(Host.institution),
        )
    ).all()
    seen = [one for one in found if may(reader, Permission.MINUTES_READ, one.meeting)]
    return sorted(seen, key=lambda one: (one.meeting.starts_at, one.agenda_item_id or 0))


NEAR = 12
"""Meetings that are looked through for one whose minutes are out."""


@dataclass(frozen=True)
class Neighbour:
    """A meeting before or after, and whether there are minutes of it to read."""

    meeting: Meeting
    has_minutes: bool


def before(meeting: Meeting, reader: Actor, *, only_written: bool = False) -> Neighbour | None:
    """The meeting that this one goes on from, else the nearest before it, that `reader` may read.

    With `only_written` it is one with minutes that `reader` may read.
    """
    earlier = or_(
        Meeting.starts_at < meeting.starts_at,
        and_(Meeting.starts_at == meeting.starts_at, Meeting.id < meeting.id),
    )
    nearest = (Meeting.starts_at.desc(), Meeting.id.desc())
    return _first(Meeting.id == meeting.previous_id, earlier, nearest, reader, only_written)


def after(meeting: Meeting, reader: Actor) -> Neighbour | None:
    """The meeting that goes on from this one, else the nearest after it, that `reader` may read."""
    later = or_(
        Meeting.starts_at > meeting.starts_at,
        and_(Meeting.starts_at == meeting.starts_at, Meeting.id > meeting.id),
    )
    nearest = (Meeting.starts_at.asc(), Meeting.id.asc())
    return _first(Meeting.previous_id == meeting.id, later, nearest, reader, only_written=False)


def _first(
    named: ColumnElement[bool],
    beyond: ColumnElement[bool],
    nearest: Sequence[Any],
    reader: Actor,
    only_written: bool,
) -> Neighbour | None:
    is_written = exists().where(Entry.meeting_id == Meeting.id)
    found = (
        select(Meeting, is_written)
        .where(Meeting.state != MeetingState.CANCELLED, meetings.visible(reader))
        .order_by(*nearest)
        .limit(NEAR)
        .options(selectinload(Meeting.hosts).joinedload(Host.institution))
    )
    if only_written:
        found = found.where(is_written)
    for condition in (named, beyond):
        for one, has in db.session.execute(found.where(condition)):
            readable = bool(has) and may(reader, Permission.MINUTES_READ, one)
            if readable or not only_written:
                return Neighbour(one, readable)
    return None
