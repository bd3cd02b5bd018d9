"""Closing a meeting: not with what it came to, but with what is seen differently now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from ...attendance.services import noting
from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings import services as meetings
from ...meetings.models import Meeting
from ...questions import services as questions
from ...questions.models import Change, Question
from ..models import Closing, ClosingRevision, Observation

LONGEST_OBSERVATION = 600
LONGEST_CARRIED = 2000

TOO_FEW = text("Skriv minst två iakttagelser som skiljer sig åt, eller kryssa för att bara en syn kom fram.")
ALIKE = text("Två av iakttagelserna är likadana. Skriv minst två som skiljer sig åt.")
BOTH = text("Du har både skrivit flera iakttagelser och kryssat för att bara en syn kom fram. Välj det ena.")
CHANGED = text("Avslutet har ändrats sedan du öppnade det.")


class Clash(Refusal):
    """The closing was corrected after the writer opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(CHANGED, status=409)


@dataclass(frozen=True)
class Said:
    """The wording of a closing."""

    observations: Sequence[str]
    only_one_view: bool
    carried_on: str | None


@dataclass(frozen=True)
class Close:
    """What a meeting is closed with."""

    present: Mapping[int, int]
    """How many came, by institution."""
    mark: str
    """Which noting of them the writer saw."""
    treated: Sequence[Question]
    said: Said
    carried: Sequence[Question] = ()
    """What stood on the agenda and was left for another meeting."""


@dataclass(frozen=True)
class Closed:
    """How the meeting was closed, and what that says of each question on its agenda."""

    closing: Closing
    changes: list[tuple[Question, Change]]


def said_by(closing: Closing | ClosingRevision) -> Said:
    """What the closing says, or said."""
    rows = closing.observations
    bodies = [one.body if isinstance(one, Observation) else one for one in rows]
    return Said(bodies, closing.only_one_view, closing.carried_on)


def close(meeting: Meeting, given: Close, by: int) -> Closed:
    """End the meeting. Raises Refusal when it has not been, or without differing observations or the tick."""
    said = given.said
    _check(said)
    # The meeting, its questions, the log: in the order of all who hold more than one of them.
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
    questions.hold(*(one.id for one in (*given.treated, *given.carried)))
    meetings.close(meeting, by)
    noting.note(meeting, given.present, given.mark, by)
    changes = [(one, questions.treat(one, by, meeting)) for one in given.treated]
    changes += [(one, questions.carry_on(one, by, meeting)) for one in given.carried]
    now = clock.now()
    closing = Closing(
        meeting_id=meeting.id,
        only_one_view=said.only_one_view,
        carried_on=said.carried_on,
        closed_at=now,
        closed_by_id=by,
        written_at=now,
        written_by_id=by,
    )
    db.session.add(closing)
    db.session.flush()
    _observe(meeting.id, said)
    record("closing:make", meeting.slug, by, observations=len(said.observations), one_view=said.only_one_view)
    return Closed(closing, changes)


def correct(meeting: Meeting, closing: Closing, said: Said, version: int, by: int) -> bool:
    """Put `said` in place of the closing's `version`, and keep that; False when it says the same.

    Raises Clash when there is another version by now, and Refusal as when the meeting was closed.
    """
    _check(said)
    before = said_by(closing)
    if said == before:
        return False
    kept = {"written_at": closing.written_at, "written_by_id": closing.written_by_id}
    # The version is asked for in the same statement, so that of two who save at once one is refused.
    saved = db.session.scalar(
        update(Closing)
        .where(Closing.meeting_id == meeting.id, Closing.version == version)
        .values(
            only_one_view=said.only_one_view,
            carried_on=said.carried_on,
            version=Closing.version + 1,
            written_at=clock.now(),
            written_by_id=by,
        )
        .returning(Closing.meeting_id)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        db.session.expire(closing)
        raise Clash
    kept |= {"only_one_view": before.only_one_view, "carried_on": before.carried_on}
    db.session.add(
        ClosingRevision(meeting_id=meeting.id, number=version, observations=[*before.observations], **kept)
    )
    db.session.execute(
        delete(Observation)
        .where(Observation.meeting_id == meeting.id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(closing)
    _observe(meeting.id, said)
    record("closing:correct", meeting.slug, by, version=version + 1)
    return True


def _observe(meeting_id: int, said: Said) -> None:
    for position, body in enumerate(said.observations, 1):
        db.session.add(Observation(meeting_id=meeting_id, position=position, body=body))
    db.session.flush()


def _check(said: Said) -> None:
    observations = said.observations
    if said.only_one_view and len(observations) > 1:
        raise Refusal(BOTH, field="only_one_view")
    if not said.only_one_view and len(observations) < 2:
        raise Refusal(TOO_FEW, field="observation1")
    if len({" ".join(one.casefold().split()) for one in observations}) < len(observations):
        raise Refusal(ALIKE, field="observation2")
