"""What a participant needs: written, taken back, and erased when it has served."""

from datetime import datetime

from sqlalchemy import delete, select, text

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...meetings.models import Meeting
from ...members.models import Member
from .. import queries
from ..models import Needs

SQLITE = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
POSTGRESQL = "VACUUM (FULL) participant_needs"


def write(meeting: Meeting, member_id: int, diet: str | None, access: str | None) -> None:
    """Keep what the member needs at the meeting; nothing said leaves nothing kept."""
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
    own = db.session.get(Needs, (meeting.id, member_id), populate_existing=True)
    if not (diet or access) or clock.now() >= queries.erased_at(meeting):
        if own is not None:
            db.session.delete(own)
        return
    if own is None:
        own = Needs(meeting_id=meeting.id, member_id=member_id)
        db.session.add(own)
    if (own.diet, own.access) != (diet or None, access or None):
        own.diet, own.access, own.written_at = diet or None, access or None, clock.now()


def show(meeting: Meeting, by: int) -> list[queries.Need]:
    """What everybody needs; that it was shown is recorded, and never what."""
    found = queries.needs_of(meeting, clock.now())
    if found:
        record("needs.show", meeting.slug, by)
    return found


def erase(now: datetime) -> int:
    """Erase what has served, and give how many rows it was; `scrub` then clears the files of it."""
    over = db.session.scalars(
        select(Meeting).where(Meeting.ends_at <= now - queries.LIFE, Meeting.id.in_(select(Needs.meeting_id)))
    ).all()
    number = 0
    for meeting in over:
        gone = db.session.scalars(
            delete(Needs).where(Needs.meeting_id == meeting.id).returning(Needs.member_id)
        ).all()
        record("needs.erase", meeting.slug, number=len(gone))
        number += len(gone)
    return number


def scrub() -> None:
    """Rewrite the database's files without what has been erased; after the commit.

    SQLite's secure_delete overwrites a row, but not the copies of it that were left when pages split.
    """
    db.session.close()
    if db.engine.dialect.name == "sqlite":
        # Beside SQLAlchemy, which would begin a transaction that these cannot stand in.
        raw = db.engine.raw_connection()
        try:
            for sentence in SQLITE:
                raw.cursor().execute(sentence).fetchall()
        finally:
            raw.close()
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(POSTGRESQL))
