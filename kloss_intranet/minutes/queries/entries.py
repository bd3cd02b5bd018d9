"""What was written under each agenda item, now and before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
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


@dataclass(frozen=True)
class Neighbour:
    """A meeting before or after, and whether there are minutes of it to read."""

    meeting: Meeting
    has_minutes: bool


def neighbours(
    meeting: Meeting, reader: Actor, *, only_written: bool = False
) -> tuple[Neighbour | None, Neighbour | None]:
    """The meetings before and after that `reader` may read: the named ones, else by day.

    With `only_written` they are among those with minutes that `reader` may read.
    """
    is_written = exists().where(Entry.meeting_id == Meeting.id)
    others = db.session.execute(
        select(Meeting, is_written)
        .where(Meeting.id != meeting.id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at, Meeting.id)
        .options(selectinload(Meeting.hosts).joinedload(Host.institution))
    ).all()
    readable = [one for one in others if may(reader, Permission.MEETING_READ, one[0])]
    found = [Neighbour(one, bool(has) and may(reader, Permission.MINUTES_READ, one)) for one, has in readable]
    seen = [one for one in found if one.has_minutes or not only_written]
    here = (meeting.starts_at, meeting.id)
    before = [one for one in seen if (one.meeting.starts_at, one.meeting.id) < here]
    after = [one for one in seen if (one.meeting.starts_at, one.meeting.id) > here]
    named = next((one for one in seen if one.meeting.id == meeting.previous_id), None)
    onwards = next((one for one in seen if one.meeting.previous_id == meeting.id), None)
    return named or (before[-1] if before else None), onwards or (after[0] if after else None)
