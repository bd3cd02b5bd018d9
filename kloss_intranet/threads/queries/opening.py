"""What a meeting's threads can be opened about, and whom to tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from ...core.db import db
from ...meetings.models import Meeting
from ...members.models import Mandate, Member, Role
from ...questions import queries as questions
from ...questions.models import Question
from ..models import Audience, Following, Level, Thread


@dataclass(frozen=True)
class Matter:
    """A theme or a question that a thread can be opened about; `present` is a thread it already has."""

    key: str
    title: str
    theme_id: int | None
    question: Question | None
    present: Thread | None


def matters(meeting: Meeting, language: str) -> list[Matter]:
    """The meeting's questions in the order of its agenda, then its themes."""
    present = db.session.scalars(
        select(Thread).where(
            Thread.meeting_id == meeting.id,
            Thread.audience == Audience.NETWORK,
            Thread.merged_into_id.is_(None),
        )
    ).all()
    asked = dict.fromkeys(treatment.question for treatment in questions.of_meeting(meeting.id))
    first = meeting.themes[0].theme_id if meeting.themes else None
    by_question = [
        Matter(
            f"question{question.id}",
            question.title,
            first,
            question,
            next((thread for thread in present if thread.question_id == question.id), None),
        )
        for question in asked
    ]
    by_theme = [
        Matter(
            f"theme{under.theme_id}",
            under.theme.name(language),
            under.theme_id,
            None,
            next((t for t in present if t.theme_id == under.theme_id and t.question_id is None), None),
        )
        for under in meeting.themes
    ]
    return by_question + by_theme


def network_members(meeting: Meeting, day: date) -> Sequence[Member]:
    """Those with a mandate or a role on `day`, but for who wants to hear nothing of the meeting."""
    silent = exists().where(
        Following.member_id == Member.id,
        Following.meeting_id == meeting.id,
        Following.level == Level.NONE,
    )
    serves = or_(_on(Mandate, day), _on(Role, day))
    query = select(Member).where(Member.closed_at.is_(None), serves, ~silent).order_by(Member.id)
    return db.session.scalars(query).all()


def _on(kind: Any, day: date) -> ColumnElement[bool]:
    return exists().where(
        kind.member_id == Member.id, kind.starts_on <= day, or_(kind.ends_on.is_(None), kind.ends_on >= day)
    )
