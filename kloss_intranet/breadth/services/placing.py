"""Placing a dot, moving it, taking it away, and choosing to look without placing one."""

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from .. import queries
from ..models import Dot, Look
from ..queries import Strip
from .turns import locked

LONGEST_SENTENCE = 300
"""Characters in the sentence that says why."""


class Moved(Refusal):
    """The axis was changed after the form was opened, so the place may mean something else by now."""

    def __init__(self) -> None:
        super().__init__(
            text("Breddremsan har ändrats sedan du öppnade sidan. Se efter vad ändarna heter nu."),
            status=409,
        )


def place(strip: Strip, member: Actor, *, at: int, sentence: str, version: int) -> bool:
    """Put the member's dot `at` 0 to 100 on the axis of `version`; False when it stood there and said so.

    Earlier places are kept. Raises Moved when the axis has another version by now, Refusal when it is closed.
    """
    now = locked(strip)
    if now.axis is None or not now.is_open:
        raise Refusal(text("Breddremsan är stängd. Prickarna står kvar, men inga nya placeras."), status=409)
    if now.axis.version != version:
        raise Moved
    dot = queries.own(strip.id, member)
    if dot is not None and (dot.place, dot.sentence) == (at, sentence):
        return False
    _add(strip, member, at, sentence)
    record("dot:place", f"question:{strip.id}", member.member_id)
    return True


def take_away(strip: Strip, member: Actor) -> None:
    """Take the member's dot off the strip, and its trail with it. Raises Refusal when there is none."""
    locked(strip)
    if queries.own(strip.id, member) is None:
        raise Refusal(text("Du har ingen prick att ta bort."), status=409)
    _add(strip, member, None, "")
    record("dot:take-away", f"question:{strip.id}", member.member_id)


def look(strip: Strip, member: Actor) -> None:
    """Let the member see the others' dots, now and afterwards."""
    now = locked(strip)
    if not now.is_there:
        raise Refusal(text("Frågan har ingen breddremsa."), status=409)
    if db.session.get(Look, (strip.id, member.member_id)) is None:
        db.session.add(Look(question_id=strip.id, member_id=member.member_id, looked_at=clock.now()))


def _add(strip: Strip, member: Actor, at: int | None, sentence: str) -> None:
    db.session.add(
        Dot(
            question_id=strip.id,
            member_id=member.member_id,
            institution_id=member.institution_id,
            signed_name=member.name,
            signed_title=member.title,
            place=at,
            sentence=sentence,
            placed_at=clock.now(),
        )
    )
    db.session.flush()
