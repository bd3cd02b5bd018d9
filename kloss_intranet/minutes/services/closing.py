"""Closing a meeting: not with what it came to, but with what is seen differently now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...attendance.services import noting
from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings import services as meetings
from ...meetings.models import Meeting
from ...questions import services as questions
from ...questions.models import Change, Question
from ..models import Closing, Observation

LONGEST_OBSERVATION = 600
LONGEST_CARRIED = 2000

TOO_FEW = text("Skriv minst två iakttagelser som skiljer sig åt, eller kryssa för att bara en syn kom fram.")
ALIKE = text("Två av iakttagelserna är likadana. Skriv minst två som skiljer sig åt.")
BOTH = text("Du har både skrivit flera iakttagelser och kryssat för att bara en syn kom fram. Välj det ena.")


@dataclass(frozen=True)
class Close:
    """What a meeting is closed with."""

    present: Mapping[int, int]
    """How many came, by institution."""
    mark: str
    """Which noting of them the writer saw."""
    treated: Sequence[Question]
    observations: Sequence[str]
    only_one_view: bool
    carried_on: str | None
    carried: Sequence[Question] = ()
    """What stood on the agenda and was left for another meeting."""


@dataclass(frozen=True)
class Closed:
    """How the meeting was closed, and what that says of each question on its agenda."""

    closing: Closing
    changes: list[tuple[Question, Change]]


def close(meeting: Meeting, said: Close, by: int) -> Closed:
    """End the meeting. Raises Refusal when it has not been, or without differing observations or the tick."""
    observations = [one for one in said.observations if one]
    _check(observations, said.only_one_view)
    meetings.close(meeting, by)
    noting.note(meeting, said.present, said.mark, by)
    changes = [(one, questions.treat(one, by, meeting)) for one in said.treated]
    changes += [(one, questions.carry_on(one, by, meeting)) for one in said.carried]
    closing = Closing(
        meeting_id=meeting.id,
        only_one_view=said.only_one_view,
        carried_on=said.carried_on or None,
        closed_at=clock.now(),
        closed_by_id=by,
    )
    db.session.add(closing)
    db.session.flush()
    for position, body in enumerate(observations, 1):
        db.session.add(Observation(meeting_id=meeting.id, position=position, body=body))
    record("closing:make", meeting.slug, by, observations=len(observations), one_view=said.only_one_view)
    return Closed(closing, changes)


def _check(observations: Sequence[str], only_one_view: bool) -> None:
    if only_one_view and len(observations) > 1:
        raise Refusal(BOTH, field="only_one_view")
    if not only_one_view and len(observations) < 2:
        raise Refusal(TOO_FEW, field="observation1")
    if len({" ".join(one.casefold().split()) for one in observations}) < len(observations):
        raise Refusal(ALIKE, field="observation2")
