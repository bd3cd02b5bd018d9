"""One at a time on the same meeting, and noticing what somebody else changed meanwhile."""

import hashlib
from typing import Any

from sqlalchemy.exc import InvalidRequestError

from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import AgendaItem, Meeting, ProgrammeItem


class Clash(Refusal):
    """The row was changed after the editor opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(text("Någon annan har ändrat det här medan du skrev"), status=409)


class Gone(Refusal):
    """The row was removed after the editor opened it."""

    def __init__(self) -> None:
        sentence = text(
            "Någon annan har tagit bort det här medan du skrev. Behövs det ändå, lägg till det igen."
        )
        super().__init__(sentence, status=409)


def wait_for_turn(meeting: Meeting) -> None:
    """Let one editor at a time change what belongs to `meeting`; SQLite has one writer anyway.

    What others may have changed of it while one waited is read again. Rows that refer to the meeting can be
    written meanwhile: those who write them may hold what the editor wants next.
    """
    columns = ["state", "sequence", "version"]
    db.session.refresh(meeting, columns, with_for_update={"key_share": True})


def mark(row: Any) -> str:
    """What a form carries to say which wording it was made from."""
    kept = {column.key: str(getattr(row, column.key)) for column in type(row).__table__.columns}
    kept.pop("position", None)
    if isinstance(row, AgendaItem):
        kept["guests"] = str([(guest.name, guest.role, guest.organisation) for guest in row.guests])
    return digest(sorted(kept.items()))


def digest(wording: Any) -> str:
    return hashlib.sha256(repr(wording).encode()).hexdigest()[:24]


def check(meeting: Meeting, row: ProgrammeItem | AgendaItem, seen: str) -> None:
    """Take the turn on `meeting`, read `row` again, and raise Clash unless it is as the editor saw it.

    Raises Gone when it has been removed.
    """
    wait_for_turn(meeting)
    read_again(row)
    if isinstance(row, AgendaItem):
        db.session.refresh(row, ["guests"])
    if mark(row) != seen:
        raise Clash


def read_again(row: Any) -> None:
    """The row as others have left it. Raises Gone."""
    try:
        db.session.refresh(row)
    except InvalidRequestError:
        raise Gone from None


def reorder(rows: list[Any]) -> None:
    """Number `rows` from 1 in the order they stand; by a detour, as no two may share a number."""
    for number, row in enumerate(rows, 1):
        row.position = -number
    db.session.flush()
    for number, row in enumerate(rows, 1):
        row.position = number
    db.session.flush()
