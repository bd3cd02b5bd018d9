"""Writing minutes: never over what somebody else wrote meanwhile, and published once."""

from sqlalchemy import func, select, update

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting, MeetingState
from ..models import Entry, EntryRevision
from ..queries import entries
from ..queries.entries import Matter

LONGEST = 20_000
"""Characters in what is written under one item."""


class Clash(Refusal):
    """The text was changed after the writer opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(text("Anteckningen har ändrats sedan du öppnade den."), status=409)


def write(matter: Matter, body: texts.Written, version: int, by: int) -> bool:
    """Put `body` in place of the entry's `version` (0: nothing is written yet); False when it says the same.

    Raises Clash when there is another version by now, and Refusal when the meeting is cancelled.
    """
    if matter.meeting.state is MeetingState.CANCELLED:
        raise Refusal(text("Träffen är inställd."), field="body", status=409)
    entry = matter.entry
    if entry is None:
        _begin(matter, body, version, by)
        return True
    if (entry.body, entry.body_html) == (body.plain, body.html):
        return False
    if entry.version != version:
        raise Clash
    kept = {
        name: getattr(entry, name) for name in ("body", "body_html", "policy", "written_at", "written_by_id")
    }
    # The version is asked for in the same statement, so that of two who save at once one is refused.
    saved = db.session.scalar(
        update(Entry)
        .where(Entry.id == entry.id, Entry.version == version)
        .values(
            body=body.plain,
            body_html=body.html,
            policy=texts.POLICY,
            version=Entry.version + 1,
            written_at=clock.now(),
            written_by_id=by,
        )
        .returning(Entry.id)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        raise Clash
    db.session.add(EntryRevision(entry_id=entry.id, number=version, **kept))
    record("minutes:write", f"minutes:{entry.id}", by, meeting=matter.meeting.slug, version=version + 1)
    return True


def publish(meeting: Meeting, by: int) -> None:
    """Let the network read the minutes. Raises Refusal when nothing is written, or they are out already."""
    if meeting.starts_at > clock.now():
        raise Refusal(text("Träffen har inte varit än, så anteckningarna kan inte publiceras."), status=409)
    if not entries.entries(meeting.id):
        raise Refusal(text("Det finns inga anteckningar att publicera ännu."), status=409)
    done = db.session.scalar(
        update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.minutes_published_at.is_(None))
        .values(minutes_published_at=clock.now())
        .returning(Meeting.id)
    )
    if done is None:
        raise Refusal(text("Anteckningarna är redan publicerade."), status=409)
    record("minutes:publish", meeting.slug, by)


def announce(meeting: Meeting, by: int) -> int:
    """Say that the published minutes have changed; the number of the edition that is then told of.

    It grows with every change, so that each edition is told of once. Raises Refusal when they are not out.
    """
    if meeting.minutes_published_at is None:
        raise Refusal(text("Anteckningarna är inte publicerade ännu."), status=409)
    record("minutes:announce", meeting.slug, by)
    return db.session.scalar(select(func.sum(Entry.version)).where(Entry.meeting_id == meeting.id)) or 0


def _begin(matter: Matter, body: texts.Written, version: int, by: int) -> None:
    """The first wording; two who begin at once queue, and the second is told of the first."""
    meeting, item_id = matter.meeting, matter.item.id if matter.item else None
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
    if version or entries.entry(meeting.id, item_id) is not None:
        raise Clash
    entry = Entry(
        meeting_id=meeting.id,
        agenda_item_id=item_id,
        body=body.plain,
        body_html=body.html,
        policy=texts.POLICY,
        written_at=clock.now(),
        written_by_id=by,
    )
    db.session.add(entry)
    db.session.flush()
    record("minutes:write", f"minutes:{entry.id}", by, meeting=meeting.slug, version=1)
