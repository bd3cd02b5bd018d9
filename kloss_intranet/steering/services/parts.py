"""The parts of a dossier: adding, wording, moving and removing them."""

import enum
from typing import Any

from sqlalchemy import func, select, update

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Dossier, Part, PartKind
from ..queries import dossiers
from .drafting import Changed, turn

LONGEST_HEADING = 160
LONGEST_WORDS = 10_000
"""Characters in a part of connecting words."""


class Way(enum.StrEnum):
    UP = "up"
    DOWN = "down"


class Clash(Refusal):
    """The part was changed after the writer opened it; nothing of what they sent was written."""

    def __init__(self) -> None:
        super().__init__(text("Stycket har ändrats sedan du öppnade det."), status=409)


def heading(words: str) -> texts.Written:
    """A heading to store: one line, without looks. Raises Refusal when it says nothing or too much."""
    line = " ".join(texts.tidy(words).split())
    if not line:
        raise Refusal(text("Skriv en rubrik."), field="body")
    if len(line) > LONGEST_HEADING:
        sentence = text("Rubriken får ha högst %(most)d tecken, och den har %(length)d.")
        raise Refusal(sentence, field="body", most=LONGEST_HEADING, length=len(line))
    return texts.Written(line, "")


def add(
    dossier: Dossier,
    kind: PartKind,
    body: texts.Written,
    by: int,
    *,
    is_steering: bool = False,
    after: int | None = None,
) -> Part:
    """A new part, right after the part `after`; at the end when that is not there."""
    turn(dossier.id)
    part = Part(
        dossier_id=dossier.id,
        position=_position_after(dossier.id, after),
        kind=kind,
        body=body.plain,
        body_html=body.html,
        policy=texts.POLICY,
        is_steering=is_steering and kind is PartKind.WORDS,
        written_at=clock.now(),
        written_by_id=by,
    )
    db.session.add(part)
    db.session.flush()
    record("dossier:add", f"dossier:{dossier.id}", by, part=part.id, kind=kind.value)
    return part


def write(part: Part, body: texts.Written, is_steering: bool, version: int, by: int) -> bool:
    """Put `body` in place of the part's `version`; False when it says the same.

    Raises Clash when there is another version by now, and Refusal when the part has been removed.
    """
    is_steering = is_steering and part.kind is PartKind.WORDS
    if (part.body, part.body_html, part.is_steering) == (body.plain, body.html, is_steering):
        return False
    if part.removed_at is not None:
        raise Refusal(
            text("Stycket är borttaget ur underlaget. Lägg tillbaka det, och spara sedan igen."),
            field="body",
            status=409,
        )
    turn(part.dossier_id)
    change(
        part,
        version,
        body=body.plain,
        body_html=body.html,
        policy=texts.POLICY,
        is_steering=is_steering,
        written_at=clock.now(),
        written_by_id=by,
    )
    record("dossier:write", f"dossier:{part.dossier_id}", by, part=part.id, version=version + 1)
    return True


def move(part: Part, way: Way, version: int, by: int) -> bool:
    """Let the part and its neighbour change places; False when it stands first or last already.

    Raises Changed when the dossier has another `version` than the one whose order was seen.
    """
    turn(part.dossier_id, version)
    order = [each.part for each in dossiers.standing(dossiers.pieces(part.dossier_id))]
    place = next((place for place, each in enumerate(order) if each.id == part.id), None)
    if place is None:
        raise Changed
    other = place + (1 if way is Way.DOWN else -1)
    if not 0 <= other < len(order):
        return False
    order[place], order[other] = order[other], order[place]
    _put(order)
    record("dossier:move", f"dossier:{part.dossier_id}", by, part=part.id, way=way.value)
    return True


def remove(part: Part, version: int, by: int) -> None:
    """Take the part out of the dossier. Raises Clash when it is not worded as the remover saw it."""
    if part.removed_at is not None:
        return
    turn(part.dossier_id)
    change(part, version, removed_at=clock.now())
    record("dossier:remove", f"dossier:{part.dossier_id}", by, part=part.id)


def restore(part: Part, by: int) -> None:
    """Undo the removal: the part stands where it stood, as near as the others allow."""
    if part.removed_at is None:
        return
    turn(part.dossier_id)
    change(part, part.version, removed_at=None)
    record("dossier:restore", f"dossier:{part.dossier_id}", by, part=part.id)


def change(part: Part, version: int, **values: Any) -> None:
    """Set columns of the part while it has `version`, in one statement: of two at once one is refused."""
    done = db.session.scalar(
        update(Part)
        .where(Part.id == part.id, Part.version == version)
        .values(version=Part.version + 1, **values)
        .returning(Part.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise Clash


def _position_after(dossier_id: int, after: int | None) -> int:
    """A free position behind the part `after`, or behind all."""
    of_dossier = Part.dossier_id == dossier_id
    behind = select(Part.position).where(of_dossier, Part.id == after)
    position = db.session.scalar(behind) if after else None
    if position is None:
        return (db.session.scalar(select(func.max(Part.position)).where(of_dossier)) or 0) + 1
    db.session.execute(
        update(Part)
        .where(of_dossier, Part.position > position)
        .values(position=Part.position + 1)
        .execution_options(synchronize_session=False)
    )
    return position + 1


def _put(order: list[Part]) -> None:
    """Store the order; removed parts keep their numbers, and come back as near as that allows."""
    positions = sorted(part.position for part in order)
    for part, position in zip(order, positions, strict=True):
        if part.position != position:
            db.session.execute(
                update(Part)
                .where(Part.id == part.id)
                .values(position=position)
                .execution_options(synchronize_session=False)
            )
