"""What has been discussed before under a title much like one that is being written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.alike import ENOUGH, mentions, nearness, stems
from ...core.db import db
from ...core.policy import Actor
from ...questions import queries as questions
from ...questions.models import Question
from ..models import Thread
from .listing import visible

CANDIDATES = 200
"""Rows that are compared, at most, of threads and of questions."""


@dataclass(frozen=True)
class Alike:
    """A thread or a question (then without a meeting) whose title is much like the one asked about."""

    thread_id: int | None
    question_id: int | None
    title: str
    meeting: Any = None

    @property
    def key(self) -> str:
        return f"thread{self.thread_id}" if self.thread_id else f"question{self.question_id}"


def alike(reader: Actor, title: str, *, but: int | None = None, most: int = 5) -> list[Alike]:
    """Threads and questions that `reader` may see with a title much like `title`, the nearest first."""
    wanted = stems(title)
    if not wanted:
        return []
    found = [
        (nearness(wanted, stems(thread.title)), Alike(thread.id, None, thread.title, thread.meeting))
        for thread in _threads(reader, wanted)
        if thread.id != but
    ]
    if reader.in_network or reader.reads_until is not None:
        found += [
            (nearness(wanted, stems(question.title)), Alike(None, question.id, question.title))
            for question in _questions(reader, wanted)
        ]
    near = [(share, each) for share, each in found if share >= ENOUGH]
    return [each for _, each in sorted(near, key=lambda pair: -pair[0])[:most]]


def _threads(reader: Actor, wanted: frozenset[str]) -> Iterable[Thread]:
    query = (
        select(Thread)
        .where(visible(reader), mentions(Thread.title, wanted))
        .options(joinedload(Thread.meeting))
        .order_by(Thread.id.desc())
        .limit(CANDIDATES)
    )
    return db.session.scalars(query)


def _questions(reader: Actor, wanted: frozenset[str]) -> Iterable[Question]:
    query = (
        select(Question)
        .where(questions.visible(reader), mentions(Question.title, wanted))
        .order_by(Question.id.desc())
        .limit(CANDIDATES)
    )
    return db.session.scalars(query)
