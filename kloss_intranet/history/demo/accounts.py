"""What was written after the invented meeting that has been, who was there, and how it was closed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...attendance.models import Attendance
from ...core import text
from ...core.db import db
from ...minutes.models import EntryRevision
from ...minutes.queries import entries
from ...minutes.queries.entries import Matter
from ...minutes.services import closing, writing
from .season import Season


def account(season: Season, line: dict[str, Any]) -> None:
    """Written, published and closed by the areas' own rules; the days are then set as the file has them."""
    meeting = season.meeting[line["meeting"]]
    db.session.refresh(meeting, ["agenda"])
    written, published, closed = (
        season.moment(line[name], meeting.time_zone) for name in ("written", "published", "closed")
    )
    by = season.member[line["by"]].id
    for part in line["entry"]:
        item = meeting.agenda[part["item"] - 1] if "item" in part else None
        for body in filter(None, (part.get("first"), part["body"])):
            _write(Matter(meeting, item, entries.entry(meeting.id, item.id if item else None)), body, by)
        _date(meeting.id, item.id if item else None, written)
    writing.publish(meeting, by)
    meeting.minutes_published_at = published
    given = closing.Close(
        present={season.institution[slug].id: number for slug, number in line["present"].items()},
        mark="",
        treated=[season.question[slug] for slug in line["treated"]],
        said=closing.Said(line["observations"], only_one_view=False, carried_on=line["carried_on"]),
    )
    made = closing.close(meeting, given, season.member[line["closed_by"]].id).closing
    made.closed_at = made.written_at = closed
    for row in db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)):
        row.noted_at = closed


def _write(matter: Matter, body: str, by: int) -> None:
    said = text.written(body, "text", writing.LONGEST)
    writing.write(matter, said, matter.entry.version if matter.entry else 0, by)


def _date(meeting_id: int, item_id: int | None, written: datetime) -> None:
    entry = entries.entry(meeting_id, item_id)
    if entry is None:
        return
    entry.written_at = written
    for earlier in db.session.scalars(select(EntryRevision).where(EntryRevision.entry_id == entry.id)):
        earlier.written_at = written
