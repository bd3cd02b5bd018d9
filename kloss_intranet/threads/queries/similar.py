"""What has been discussed before under a title much like one that is being written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...core.policy import Actor
from ...questions import queries as questions
from ...questions.models import Question
from ..models import Thread
from .listing import visible

CANDIDATES = 200
"""Rows that are compared, at most, of threads and of questions."""
ENOUGH = 0.5
"""The share of the lesser title's word stems that must be found in the other one."""
_COMMON_WORDS = """
about alla and att bli blir den det die dig din ditt ett era ert för från gjort gör göra han har hos hur här
igen inom inte into kan med men mellan mot not och oss our over ser själv ska som the till vad var vem vid
vilka vilken vår vårt våra with your
"""
COMMON = frozenset(_COMMON_WORDS.split())
# What Swedish, and some English, hangs on a word: plural, definite form, genitive.
ENDINGS = re.compile(
    r"(?:heterna|arnas|ernas|ornas|andet|heten|heter|arna|erna|orna|ande|else|ens|ets|ing|ar|er|or|en|et|na|"
    r"es|a|e|n|t|s)$"
)
SHORTEST = 4
"""A stem is never cut shorter than this."""


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


def stems(title: str) -> frozenset[str]:
    """The words of `title` that carry its matter, without their endings."""
    words = re.findall(r"[^\W_]+", title.casefold())
    return frozenset(stem(word) for word in words if len(word) > 2 and word not in COMMON)


def stem(word: str) -> str:
    """`word` without its endings: `meriteringsmodellen`, `meriteringsmodellerna` → `meriteringsmodell`."""
    while len(word) > SHORTEST:
        shorter = ENDINGS.sub("", word)
        if shorter == word or len(shorter) < SHORTEST:
            break
        word = shorter
    return word


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


def nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the lesser of two titles stands in the other, 0 to 1; one shared short word is nothing."""
    lesser, greater = sorted((one, other), key=len)
    shared = [word for word in lesser if any(_same(word, each) for each in greater)]
    if len(shared) == 1 and len(greater) > 1 and len(shared[0]) < (6 if len(lesser) == 1 else 9):
        return 0.0
    return len(shared) / len(lesser) if lesser else 0.0


def _same(one: str, other: str) -> bool:
    """One stem begins with the other, and what is left over is no more than an ending."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= SHORTEST and long.startswith(short) and len(long) - len(short) <= 3)


def _threads(reader: Actor, wanted: frozenset[str]) -> Iterable[Thread]:
    query = (
        select(Thread)
        .where(visible(reader), _mentions(Thread.title, wanted))
        .options(joinedload(Thread.meeting))
        .order_by(Thread.id.desc())
        .limit(CANDIDATES)
    )
    return db.session.scalars(query)


def _questions(reader: Actor, wanted: frozenset[str]) -> Iterable[Question]:
    query = (
        select(Question)
        .where(questions.visible(reader), _mentions(Question.title, wanted))
        .order_by(Question.id.desc())
        .limit(CANDIDATES)
    )
    return db.session.scalars(query)


def _mentions(column: Any, wanted: frozenset[str]) -> ColumnElement[bool]:
    """The column holds the beginning of one of the four longest stems.

    Databases fold the case of å, ä and ö or do not, so such letters stand for any letter.
    """
    longest = sorted(wanted, key=lambda word: (-len(word), word))[:4]
    if not longest:
        return false()
    return or_(*(func.lower(column).like(f"%{_pattern(word)}%", escape="\\") for word in longest))


def _pattern(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "_", word[:6])
