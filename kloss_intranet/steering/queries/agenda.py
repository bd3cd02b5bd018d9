"""The coming agenda as the steering group sees it: what is on it, what may be put there, and what is free."""

from dataclasses import dataclass

from ...meetings.models import Meeting, ProgrammeItem, ProgrammeKind
from ...questions.models import Question

TALKED = (ProgrammeKind.FULL_DAY, ProgrammeKind.DIGITAL_SESSION)
"""The parts of a programme that have an agenda."""


@dataclass(frozen=True)
class Space:
    """A part of the programme, and how many of its minutes are free; fewer than none where it is too full."""

    part: ProgrammeItem
    free: int


def free(meeting: Meeting) -> list[Space]:
    """The parts with an agenda whose length is known."""
    taken = {item.programme_item_id for item in meeting.agenda}
    parts = [part for part in meeting.programme if part.kind in TALKED or part.id in taken]
    return [Space(part, part.minutes - _used(meeting, part)) for part in parts if part.minutes is not None]


def likely_part(meeting: Meeting) -> ProgrammeItem | None:
    """Where an item more is most likely wanted: the first part with room, else where the last item stands."""
    spaces = free(meeting)
    first = next((space.part for space in spaces if space.free > 0), None)
    return first or next((space.part for space in spaces), None)


def loose(meeting: Meeting) -> int:
    """How many items with a length belong to no part, and so take no room in any."""
    return sum(1 for item in meeting.agenda if item.minutes and item.programme_item_id is None)


def treated(questions: list[Question], meeting: Meeting) -> dict[int, Question]:
    """Which of the questions each item of the meeting treats."""
    rows = [(each.agenda_item, question) for question in questions for each in question.treatments]
    return {item.id: question for item, question in rows if item.meeting_id == meeting.id}


def _used(meeting: Meeting, part: ProgrammeItem) -> int:
    return sum(item.minutes or 0 for item in meeting.agenda if item.programme_item_id == part.id)
