"""The figures of moderation: how much of each kind in half a year, and nothing about whom."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from ...core.db import db
from ..models import Act, Answer, Decision, Report
from .halves import Half, halves
from .queue import PATIENCE


@dataclass
class Figures:
    """Of half a year. Nothing here is split further: what is few would point at somebody."""

    half: Half
    reports: int = 0
    soon: int = 0
    """Reports that were settled before anybody was reminded."""
    waiting: int = 0
    """Reports of the half-year that wait still."""
    answers: int = 0
    acts: Counter[Act] = field(default_factory=Counter)

    @property
    def is_quiet(self) -> bool:
        return not (self.reports or self.answers or self.acts)


def figures(now: datetime) -> list[Figures]:
    """Every half-year until now, the latest first: five statements, however many years."""
    found = {half: Figures(half) for half in halves(now)}

    def of(at: datetime) -> Figures:
        half = Half.of(at)
        return found.setdefault(half, Figures(half))

    settled = select(Report.reported_at, Decision.decided_at).outerjoin(Report.settled_by)
    for reported_at, settled_at in db.session.execute(settled):
        counted = of(reported_at)
        counted.reports += 1
        counted.waiting += settled_at is None
        counted.soon += settled_at is not None and settled_at - reported_at <= PATIENCE
    for act, decided_at in db.session.execute(select(Decision.act, Decision.decided_at)):
        of(decided_at).acts[act] += 1
    for answered_at in db.session.scalars(select(Answer.answered_at)):
        of(answered_at).answers += 1
    return [found[half] for half in sorted(found, reverse=True)]
