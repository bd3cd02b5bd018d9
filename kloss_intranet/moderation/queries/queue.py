"""What waits for a coordinator: reports, answers, and changes that have been asked for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased, joinedload

from ...core.db import db
from ..models import SETTLES, Act, Answer, Decision, Report, SubjectKind
from . import answers, things
from .things import Key, Thing

PATIENCE = timedelta(days=2)
"""How long a report may wait before coordinators are reminded of it."""

SETTLED = 20
"""Measures in the list of what has been done."""


@dataclass(frozen=True)
class Waiting:
    """A thing with all that waits about it."""

    thing: Thing
    reports: tuple[Report, ...] = ()
    answers: tuple[Answer, ...] = ()
    asked: Decision | None = None
    """The change that was asked of the author last, when nothing has been done since."""

    @property
    def has_changed(self) -> bool:
        """The author has changed what they were asked to change, or taken it back."""
        return self.asked is not None and (
            self.thing.is_withdrawn or self.thing.version != self.asked.details.get("version")
        )

    @property
    def is_coordinators(self) -> bool:
        """It is a coordinator's turn, and not the author's."""
        return bool(self.reports or self.answers or self.has_changed)

    @property
    def is_anything(self) -> bool:
        return bool(self.reports or self.answers or self.asked)

    @property
    def latest(self) -> datetime:
        """When the newest that waits came."""
        return max(self._times())

    @property
    def since(self) -> datetime:
        """When the oldest that waits came."""
        return min(self._times())

    def _times(self) -> Iterable[datetime]:
        yield from (report.reported_at for report in self.reports)
        yield from (answer.answered_at for answer in self.answers)
        if self.asked is not None:
            yield self.asked.decided_at


def waiting() -> list[Waiting]:
    """All that waits, by thing, what came last first; as few statements for many as for one."""
    reports, answered, asks = open_reports(), answers.waiting(), _asked()
    keys: list[Key] = [(one.subject_kind, one.subject_id) for one in reports]
    keys += [(one.subject_kind, one.subject_id) for one in asks]
    keys += [(one.decision.subject_kind, one.decision.subject_id) for one in answered]
    found = _joined(things.things(keys), reports, answered, asks)
    return sorted(found, key=lambda one: one.latest, reverse=True)


def about(thing: Thing) -> Waiting:
    """What waits about one thing."""
    of_thing = (Report.subject_kind == thing.kind, Report.subject_id == thing.id)
    answered = [one for one in answers.about(thing.kind, thing.id) if one.settled_by_id is None]
    asks = _asked(Decision.subject_kind == thing.kind, Decision.subject_id == thing.id)
    found = _joined({thing.key: thing}, open_reports(*of_thing), answered, asks)
    return found[0] if found else Waiting(thing)


def open_reports(*which: ColumnElement[bool]) -> list[Report]:
    """The reports that nobody has looked into, each with the one who made it, the oldest first."""
    query = (
        select(Report)
        .where(Report.settled_by_id.is_(None), *which)
        .options(joinedload(Report.member))
        .order_by(Report.id)
    )
    return list(db.session.scalars(query))


def open_report(member_id: int, kind: SubjectKind, thing_id: int) -> Report | None:
    """The member's own report of the thing, while it waits."""
    own = (Report.member_id == member_id, Report.subject_kind == kind, Report.subject_id == thing_id)
    return next(iter(open_reports(*own)), None)


def settled(*which: ColumnElement[bool], limit: int = SETTLED) -> list[Decision]:
    """What has been done, the latest first, each with the coordinator who did it."""
    query = (
        select(Decision)
        .where(*which)
        .options(joinedload(Decision.decided_by))
        .order_by(Decision.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def _asked(*which: ColumnElement[bool]) -> list[Decision]:
    later: type[Decision] = aliased(Decision)
    is_over = exists().where(
        later.subject_kind == Decision.subject_kind,
        later.subject_id == Decision.subject_id,
        later.id > Decision.id,
        later.act.in_(SETTLES),
    )
    query = select(Decision).where(Decision.act == Act.ASK, ~is_over, *which).order_by(Decision.id)
    return list(db.session.scalars(query))


def _joined(
    known: dict[Key, Thing], reports: Iterable[Report], answered: Iterable[Answer], asks: Iterable[Decision]
) -> list[Waiting]:
    of_reports: dict[Key, list[Report]] = defaultdict(list)
    of_answers: dict[Key, list[Answer]] = defaultdict(list)
    for report in reports:
        of_reports[report.subject_kind, report.subject_id].append(report)
    for answer in answered:
        of_answers[answer.decision.subject_kind, answer.decision.subject_id].append(answer)
    of_asks = {(asked.subject_kind, asked.subject_id): asked for asked in asks}
    keys = dict.fromkeys([*of_reports, *of_answers, *of_asks])
    return [
        Waiting(known[key], tuple(of_reports[key]), tuple(of_answers[key]), of_asks.get(key))
        for key in keys
        if key in known
    ]
