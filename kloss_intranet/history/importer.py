"""Puts the history into the database; run again it mends what differs and leaves the rest alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..core import clock
from ..core.db import Base, db
from ..core.swedish import sort_key
from ..meetings.models import (
    AgendaItem,
    Guest,
    Host,
    Meeting,
    MeetingKind,
    MeetingMode,
    MeetingState,
    ProgrammeItem,
    ProgrammeKind,
)
from ..members.models import Institution, InstitutionKind, Origin
from ..questions.models import Question, QuestionState, Treatment
from ..themes.models import Theme
from .reader import History, MeetingLine

Key = tuple[Any, ...]
Progress = Callable[[str], object]


@dataclass
class Counts:
    """How many rows an import made, changed, left as they were, and took away."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __str__(self) -> str:
        text = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged"
        return f"{text}, {self.removed} removed" if self.removed else text

    def add(self, other: "Counts") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.removed += other.removed


def import_history(history: History, progress: Progress = lambda line: None) -> Counts:
    """Make the database say what `history` says, in one transaction, and commit it.

    Institutions, themes, questions and meetings are met by slug and never removed. The parts of a meeting
    follow the files whole, so that a line taken out there is taken out here.
    """
    total = Counts()

    def told(kind: str, counts: Counts) -> None:
        progress(f"{kind}: {counts}")
        total.add(counts)

    told("institutions", _merge(Institution, ("slug",), _institutions(history))[0])
    told("themes", _merge(Theme, ("slug",), ({**vars(line)} for line in history.themes))[0])
    told("questions", _merge(Question, ("slug",), _questions(history))[0])
    told("meetings", _merge(Meeting, ("slug",), (_meeting(line) for line in history.meetings))[0])
    institution, question = _ids(Institution), _kept_questions()
    of = {slug: id for slug, id in _ids(Meeting).items() if slug in {line.slug for line in history.meetings}}
    ours = Host.meeting_id.in_(of.values())
    hosts = (
        {
            "meeting_id": of[line.meeting],
            "position": line.position,
            "institution_id": None if line.is_steering_group else institution[line.host],
        }
        for line in history.hosts
    )
    told("hosts", _replace(Host, ("meeting_id", "position", "institution_id"), hosts, ours))

    at = ("meeting_id", "position")
    programme = (
        {
            "meeting_id": of[line.meeting],
            "position": line.position,
            "kind": ProgrammeKind(line.kind),
            "title": line.title,
        }
        for line in history.programme
    )
    counts, surplus = _merge(ProgrammeItem, at, programme, ProgrammeItem.meeting_id.in_(of.values()))
    told("programme", _remove(surplus, counts))
    agenda = (
        {"meeting_id": of[line.meeting], "position": line.position, "title": line.title}
        for line in history.agenda
    )
    counts, surplus = _merge(AgendaItem, at, agenda, AgendaItem.meeting_id.in_(of.values()))

    matters = db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id.in_(of.values()))).all()
    matter = {(row.meeting_id, row.position): row.id for row in matters}
    guests = (
        {
            "agenda_item_id": matter[of[line.meeting], line.agenda_position],
            "name": line.name,
            "role": line.role,
            "organisation": line.organisation,
        }
        for line in history.guests
    )
    mine = Guest.agenda_item_id.in_(matter.values())
    told("guests", _replace(Guest, ("agenda_item_id", "name", "role", "organisation"), guests, mine))
    treated = dict.fromkeys(
        (matter[of[line.meeting], line.position], question[line.question])
        for line in history.agenda
        if line.question
    )
    treatments = ({"agenda_item_id": item, "question_id": number} for item, number in treated)
    mine = Treatment.agenda_item_id.in_(matter.values())
    told("treatments", _replace(Treatment, ("agenda_item_id", "question_id"), treatments, mine))
    # Last, when no guest or treatment hangs from them.
    told("agenda", _remove(surplus, counts))
    db.session.commit()
    return total


def _institutions(history: History) -> Iterable[dict[str, Any]]:
    said = select(Institution.slug).where(Institution.kind.is_not(None))
    of_known_kind = set(db.session.scalars(said))
    for line in history.institutions:
        values = {**vars(line), "sort_key": sort_key(line.name_sv), "origin": Origin.SOURCE}
        values["in_kloss"] = values.pop("kloss")
        values["in_kloss_akut"] = values.pop("kloss_akut")
        values["in_steering_group"] = values.pop("steering_group")
        kind = values.pop("kind")
        # Where somebody has said what kind it is, that stands.
        if kind is not None and line.slug not in of_known_kind:
            values["kind"] = InstitutionKind(kind)
        yield values


def _questions(history: History) -> Iterable[dict[str, Any]]:
    known = set(db.session.scalars(select(Question.slug)))
    for line in history.questions:
        # Where a question stands is told by the network, once it is there.
        state = {} if line.slug in known else {"state": QuestionState.TREATED}
        yield {**vars(line), **state, "origin": Origin.SOURCE}


def _meeting(line: MeetingLine) -> dict[str, Any]:
    values = {**vars(line), "origin": Origin.SOURCE, "state": MeetingState.CLOSED, "times_known": False}
    on = values.pop("on")
    values["starts_at"] = clock.day_begins(on, line.time_zone)
    values["ends_at"] = clock.day_ends(on, line.time_zone)
    values["kind"] = MeetingKind(line.kind)
    values["mode"] = MeetingMode(line.mode) if line.mode else None
    return values


def _ids(table: type[Any]) -> dict[str, int]:
    return {row.slug: row.id for row in db.session.execute(select(table.slug, table.id))}


def _kept_questions() -> dict[str, int]:
    """The questions by slug; one that has become a part of another is that other."""
    rows = db.session.execute(select(Question.slug, Question.id, Question.merged_into_id))
    return {slug: into or number for slug, number, into in rows}


def _key(row: object, names: tuple[str, ...]) -> Key:
    return tuple(getattr(row, name) for name in names)


def _merge(
    table: type[Base], names: tuple[str, ...], wanted: Iterable[Mapping[str, Any]], where: Any = None
) -> tuple[Counts, list[Base]]:
    """Add and change rows, met by the columns `names`; gives also the rows in `where` that are not wanted."""
    query = select(table) if where is None else select(table).where(where)
    present = {_key(row, names): row for row in db.session.scalars(query)}
    counts = Counts()
    for values in wanted:
        row = present.pop(tuple(values[name] for name in names), None)
        if row is None:
            db.session.add(table(**values))
            counts.new += 1
            continue
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        counts.changed += bool(differing)
        counts.unchanged += not differing
    db.session.flush()
    return counts, list(present.values())


def _replace(
    table: type[Base], names: tuple[str, ...], wanted: Iterable[Mapping[str, Any]], where: Any
) -> Counts:
    """For rows that are all key: take away first, so that two that change places never meet."""
    rows = list(wanted)
    keys = {tuple(values[name] for name in names) for values in rows}
    present = db.session.scalars(select(table).where(where)).all()
    counts = _remove([row for row in present if _key(row, names) not in keys], Counts())
    added, _ = _merge(table, names, rows, where)
    counts.add(added)
    return counts


def _remove(rows: list[Base], counts: Counts) -> Counts:
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    counts.removed += len(rows)
    return counts
