"""Writing an announcement and sending it, once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from ..audit.services import record
from ..core import clock
from ..core import text as texts
from ..core.db import db
from ..core.words import Refusal, text
from ..members.models import Member
from . import queries
from .models import Addressed, Announcement, Circle

LONGEST_TITLE = 150
LONGEST = 10_000
"""Characters in an announcement."""
CHANGED = text("Meddelandet har ändrats sedan du öppnade det.")
SENT = text("Meddelandet är redan skickat och kan inte ändras.")


class Clash(Refusal):
    """The draft was changed after the writer opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(CHANGED, status=409)


@dataclass(frozen=True)
class Wording:
    """All of an announcement that is written; `meeting_id` only for a meeting's circle."""

    title: str
    body: texts.Written
    circle: Circle
    meeting_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Raises Refusal when the meeting's circle has no meeting."""
        if self.circle is Circle.MEETING and self.meeting_id is None:
            raise Refusal(text("Välj vilken träff det gäller."), field="meeting")
        return {
            "title": self.title,
            "body": self.body.plain,
            "body_html": self.body.html,
            "policy": texts.POLICY,
            "circle": self.circle,
            "meeting_id": self.meeting_id if self.circle is Circle.MEETING else None,
        }


def write(wording: Wording, by: int, submission: str | None) -> Announcement:
    """Keep a draft; the same `submission` sent again gives the one it made. Raises Refusal."""
    columns = wording.columns()
    if submission:
        mine = (Announcement.written_by_id == by, Announcement.submission == submission)
        if known := db.session.scalar(select(Announcement).where(*mine)):
            return known
    draft = Announcement(**columns, written_by_id=by, written_at=clock.now(), submission=submission or None)
    db.session.add(draft)
    db.session.flush()
    record("announcement.write", f"announcement:{draft.id}", by)
    return draft


def revise(draft: Announcement, wording: Wording, version: int, by: int) -> None:
    """Put `wording` in place of the draft's `version`. Raises Clash, or Refusal when it has been sent."""
    saved = db.session.scalar(
        update(Announcement)
        .where(Announcement.id == draft.id, Announcement.version == version, Announcement.sent_at.is_(None))
        .values(**wording.columns(), version=Announcement.version + 1, written_at=clock.now())
        .returning(Announcement.id)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        raise _gone(draft)
    record("announcement.revise", f"announcement:{draft.id}", by, version=version + 1)


def discard(draft: Announcement, by: int) -> None:
    """Throw a draft away; nobody has read it. Raises Refusal when it has been sent."""
    gone = delete(Announcement).where(Announcement.id == draft.id, Announcement.sent_at.is_(None))
    if db.session.scalar(gone.returning(Announcement.id)) is not None:
        record("announcement.discard", f"announcement:{draft.id}", by, title=draft.title)
    elif queries.announcement(draft.id) is not None:
        raise Refusal(SENT, status=409)


def send(draft: Announcement, version: int, by: int) -> list[Member]:
    """Send the draft's `version` to its circle as it is today; empty when it was sent before.

    Raises Clash when the draft has another version, and Refusal when the circle is empty.
    """
    if draft.sent_at is not None:
        return []
    readers = list(queries.circle(draft.circle, draft.meeting_id, clock.today()))
    if not readers:
        raise Refusal(text("Det finns ingen att skicka till."), status=409)
    sent = db.session.scalar(
        update(Announcement)
        .where(Announcement.id == draft.id, Announcement.version == version, Announcement.sent_at.is_(None))
        .values(sent_at=clock.now(), sent_by_id=by)
        .returning(Announcement.id)
        .execution_options(synchronize_session=False)
    )
    if sent is None:
        now = queries.announcement(draft.id)
        if now is not None and now.sent_at is not None:
            return []
        raise Clash
    db.session.execute(
        insert(Addressed), [{"announcement_id": draft.id, "member_id": reader.id} for reader in readers]
    )
    about = {"circle": draft.circle.value, "meeting": draft.meeting_id, "reached": len(readers)}
    record("announcement.send", f"announcement:{draft.id}", by, **about)
    return readers


def _gone(draft: Announcement) -> Refusal:
    now = queries.announcement(draft.id)
    return Refusal(SENT, status=409) if now is None or now.sent_at is not None else Clash()
