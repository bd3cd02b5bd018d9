"""Plants the invented season around today: three meetings, and all that people have done for them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from ...auth.services import hash_password
from ...core import clock
from ...core.db import db
from ...meetings.models import Meeting, MeetingState
from ...members.models import Member, Origin
from . import (
    accounts,
    answers,
    breadth,
    dossiers,
    gatherings,
    hosting,
    moderated,
    papers,
    preparations,
    seats,
    talk,
)
from .season import Season, lines

__all__ = ["PASSWORD", "is_real", "people", "plant"]

PASSWORD = "klossnet-demo-2026"  # noqa: S105 - invented people need no secret


def people() -> list[dict[str, Any]]:
    """The invented people, as their file has them."""
    return lines("people", "person")


ON_TOP: tuple[tuple[str, str, Callable[[Season, dict[str, Any]], object]], ...] = (
    ("threads", "thread", talk.thread),
    ("answers", "answer", answers.answer),
    ("hosting", "checklist", hosting.checklist),
    ("hosting", "offer", hosting.offer),
    ("materials", "folder", papers.folder),
    ("minutes", "account", accounts.account),
    ("breadth", "strip", breadth.strip),
    ("preparations", "preparation", preparations.noted),
    ("dossiers", "dossier", dossiers.dossier),
    ("moderation", "case", moderated.case),
)
"""What is planted around the meetings, in this order: the file, the kind of line in it, and by whom."""


def is_real() -> bool:
    """Whether the database has members and none of them is invented."""
    origins = set(db.session.scalars(select(Member.origin).distinct()))
    return bool(origins) and Origin.INVENTED not in origins


def plant(today: date) -> bool:
    """Plant the season and commit; False when there is one whose coming meeting is still ahead.

    Needs the themes of the history. A season of the past stays, and a new one is planted beside it.
    """
    ahead = select(Meeting.id).where(
        Meeting.origin == Origin.INVENTED,
        Meeting.state == MeetingState.OPEN,
        Meeting.ends_at > clock.day_begins(today),
    )
    if db.session.scalar(ahead.limit(1)) is not None:
        return False
    season, password_hash = Season(today), hash_password(PASSWORD)
    for line in lines("institutions", "institution"):
        seats.institution(season, line)
    for line in people():
        seats.person(season, line, password_hash)
    schedule = lines("meetings", "meeting")
    starts = {line["key"]: line["start"]["days"] for line in schedule}
    for line in lines("questions", "question"):
        gatherings.question(season, line, starts)
    for line in schedule:
        gatherings.meeting(season, line)
    for line in people():
        gatherings.admission(season, line)
    for file, kind, planted in ON_TOP:
        for line in lines(file, kind):
            planted(season, line)
    db.session.commit()
    return True
