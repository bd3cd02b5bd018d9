"""The programme day by day, and the agenda with its running clock."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from ...meetings.models import Meeting, ProgrammeItem, ProgrammeKind
from ..models import Block, Manner, Paragraph, Run, Table
from ..queries import Subject
from .practical import unknown
from .speech import Speech, Turn, line, paragraphs, runs

Cell = tuple[Paragraph, ...]


def programme(meeting: Meeting, speech: Speech) -> Iterator[Block]:
    if not meeting.programme:
        missing = meeting.from_source
        yield line(unknown(meeting, speech) if missing else speech.gettext("Programmet är inte satt ännu."))
    zone = ZoneInfo(meeting.time_zone)

    def day(part: ProgrammeItem) -> date | None:
        return part.starts_at.astimezone(zone).date() if part.starts_at else None

    head = (speech.gettext("Tid"), speech.gettext("Del"), speech.gettext("Plats"))
    for on, parts in groupby(meeting.programme, day):
        label = speech.weekday(on) if on else speech.gettext("Utan tid")
        if on:
            yield line(label, Manner.LABEL)
        yield Table(label, head, (0, 3, 2), tuple(_part(part, meeting, speech) for part in parts))


def _part(part: ProgrammeItem, meeting: Meeting, speech: Speech) -> tuple[Cell, ...]:
    said = [line(part.title, strong=True)]
    if part.kind is ProgrammeKind.STUDY_VISIT:
        said.append(line(speech.gettext("Studiebesök"), Manner.QUIET))
    said += paragraphs(part.description or "")
    when = _clocks(part, meeting, speech) or unknown(meeting, speech)
    return (line(when),), tuple(said), (line(part.place or ""),)


def _clocks(part: ProgrammeItem | Turn, meeting: Meeting, speech: Speech) -> str:
    return "–".join(speech.clock(at, meeting.time_zone) for at in (part.starts_at, part.ends_at) if at)


def agenda(meeting: Meeting, subjects: Sequence[Subject], speech: Speech) -> Iterator[Block]:
    if not meeting.agenda:
        is_gap = not meeting.agenda_known
        yield line(unknown(meeting, speech) if is_gap else speech.gettext("Dagordningen är inte satt ännu."))
        return
    head = (
        speech.gettext("Nr"),
        speech.gettext("Tid"),
        speech.gettext("Punkt"),
        speech.gettext("Minuter"),
        speech.gettext("Ansvarig"),
    )
    rows = tuple(_item(turn, meeting, subjects, speech) for turn in speech.turns(meeting))
    yield Table(speech.gettext("Dagordning"), head, (0, 0, 3, 0, 1), rows)


def _item(turn: Turn, meeting: Meeting, subjects: Sequence[Subject], speech: Speech) -> tuple[Cell, ...]:
    item = turn.item
    said = [line(item.title, strong=True), *paragraphs(item.description or "")]
    for guest in speech.guests(item):
        who = ", ".join(part for part in (guest.name, guest.role, guest.organisation) if part)
        said.append(Paragraph((Run(speech.gettext("Gäst:") + " "), *runs(who)), Manner.QUIET))
    for one in subjects:
        if item in one.items:
            label = speech.gettext("Fråga:")
            link = runs(one.question.title, href=f"#question-{one.question.id}")
            said.append(Paragraph((Run(f"{label} "), *link), Manner.QUIET))
    if turn.over:
        over = speech.ngettext("%(num)d minut över", "%(num)d minuter över", turn.over)
        said.append(line(over, Manner.QUIET))
    when = _clocks(turn, meeting, speech)
    return (
        (line(str(item.position)),),
        (line(when),),
        tuple(said),
        (line(str(item.minutes or "")),),
        (line(item.responsible or ""),),
    )
