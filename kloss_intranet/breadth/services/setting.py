"""Giving a question an axis, naming its ends, and taking it away; a question has one at most."""

from sqlalchemy import delete, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.swedish import sort_key
from ...core.words import Refusal, text
from ..models import Axis, Look
from ..queries import Strip
from .turns import locked

LONGEST_END = 60
"""Characters in the name of an end."""

STANDS = text(
    "Någon har placerat sig mellan ändarna. Med andra namn på dem skulle deras prickar betyda något annat "
    "än det som menades, så namnen kan inte ändras."
)


class Clash(Refusal):
    """The axis was changed after the form was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__(text("Breddremsan har ändrats sedan du öppnade sidan."), status=409)


def set_ends(strip: Strip, low_end: str, high_end: str, version: int, by: int) -> bool:
    """Name the ends in place of the axis's `version` (0: there is none yet); False when they were so named.

    Raises Clash when there is another version by now, and Refusal when a dot stands or the ends are the same.
    """
    if sort_key(low_end) == sort_key(high_end):
        raise Refusal(text("Ändarna behöver heta olika."), field="high_end")
    if strip.question.merged_into_id is not None:
        raise Refusal(text("Frågan har blivit en del av en annan fråga."), status=409)
    now = locked(strip)
    axis, standing = now.axis, now.axis is not None and now.axis.removed_at is None
    if standing and axis and (axis.low_end, axis.high_end) == (low_end, high_end):
        return False
    if now.has_dots:
        raise Refusal(STANDS, status=409)
    if (axis.version if axis else 0) != version:
        raise Clash
    after = {"low_end": low_end, "high_end": high_end}
    before = {name: getattr(axis, name) for name in after} if axis and standing else None
    ends = {**after, "set_at": clock.now(), "set_by_id": by}
    if axis is None:
        db.session.add(Axis(question_id=strip.id, **ends))
    else:
        if not standing:
            # Whoever chose to look at the axis that was taken away has not seen this one.
            db.session.execute(delete(Look).where(Look.question_id == strip.id))
        _revise(axis, ends | {"removed_at": None})
    record("breadth:set", f"question:{strip.id}", by, before=before, after=after)
    return True


def end(strip: Strip, by: int) -> bool:
    """Take the axis away, or close it when there are dots, which are then kept; True when it was closed.

    Raises Refusal when there is no axis that stands.
    """
    now = locked(strip)
    if now.axis is None or now.axis.removed_at is not None:
        raise Refusal(text("Frågan har ingen öppen breddremsa."), status=409)
    _revise(now.axis, {"removed_at": clock.now()})
    record("breadth:close" if now.has_dots else "breadth:remove", f"question:{strip.id}", by)
    return now.has_dots


def reopen(strip: Strip, by: int) -> None:
    """Let dots be placed again on an axis that was closed. Raises Refusal when it was not."""
    now = locked(strip)
    if now.axis is None or now.axis.removed_at is None or not now.has_dots:
        raise Refusal(text("Breddremsan är inte stängd."), status=409)
    _revise(now.axis, {"removed_at": None})
    record("breadth:reopen", f"question:{strip.id}", by)


def _revise(axis: Axis, values: dict[str, object]) -> None:
    db.session.execute(
        update(Axis)
        .where(Axis.question_id == axis.question_id)
        .values(version=Axis.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
