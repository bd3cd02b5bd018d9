"""A question's way through the meetings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from ...core.policy import Actor, Permission, may
from ...meetings.models import AgendaItem, Meeting
from ..models import Question, Treatment

Found = TypeVar("Found")


@dataclass(frozen=True)
class Stop:
    """A meeting on the question's page with the items that treat it; areas above draw there what they know.

    They look it up once for all stops of the page, and keep it in `found` under a name of their own.
    """

    question: Question
    meeting: Meeting
    items: list[AgendaItem]
    found: dict[str, Any]

    def once(self, name: str, look_up: Callable[[], Found]) -> Found:
        if name not in self.found:
            self.found[name] = look_up()
        known: Found = self.found[name]
        return known


def course(question: Question, reader: Actor) -> list[Treatment]:
    """The treatments at meetings that `reader` may read, in the order of the meetings."""
    seen = [t for t in question.treatments if may(reader, Permission.MEETING_READ, t.agenda_item.meeting)]
    return sorted(seen, key=_place)


def stops(question: Question, treatments: Sequence[Treatment]) -> list[Stop]:
    """The same by meeting, as the page draws them."""
    found: dict[str, Any] = {}
    return [
        Stop(question, meeting, [treatment.agenda_item for treatment in here], found)
        for meeting, here in groupby(treatments, lambda treatment: treatment.agenda_item.meeting)
    ]


def _place(treatment: Treatment) -> tuple[datetime, int, int]:
    meeting = treatment.agenda_item.meeting
    return meeting.starts_at, meeting.id, treatment.agenda_item.position
