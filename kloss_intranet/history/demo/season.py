"""A season on its way into the database: its files, its days, and what has been planted so far."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...meetings.models import Meeting
from ...members.models import Institution, Mandate, Member
from ...questions.models import Question
from ...themes.models import Theme

FILES = Path(__file__).resolve().parents[1] / "season"


def lines(name: str, kind: str) -> list[dict[str, Any]]:
    """The tables `kind` of the file `name`, as they stand there."""
    found: list[dict[str, Any]] = tomllib.loads((FILES / f"{name}.toml").read_text("utf-8"))[kind]
    return found


def add(row: Any) -> Any:
    """Put `row` into the transaction and give it with its id."""
    db.session.add(row)
    db.session.flush()
    return row


class Season:
    """Remembers what is planted by its key in the files, so that later files can point at it."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.theme = {theme.slug: theme.id for theme in db.session.scalars(select(Theme))}
        self.institution: dict[str, Institution] = {}
        self.member: dict[str, Member] = {}
        self.mandate: dict[str, Mandate] = {}
        self.meeting: dict[str, Meeting] = {}
        self.question: dict[str, Question] = {}
        self.post: dict[str, int] = {}
        """Ids, by the thread's key and the post's, with a slash between."""
        self.part: dict[tuple[str, str], int] = {}

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def moment(self, at: dict[str, Any], zone: str) -> datetime:
        """The instant of `{ days, clock }`, whose clock is local to `zone`."""
        return clock.local(self.day(at["days"]), time.fromisoformat(at["clock"]), zone)
