"""Publishing a dossier: what stands in the way, and the edition that is made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Dossier, Edition, PartKind
from ..queries import dossiers
from ..queries.dossiers import Desk, Last, Piece, Standing
from .drafting import turn

UNGROUNDED = text("Stycket är varken märkt som styrgruppens ord eller följt av ett citat.")
BARE = text("Rubriken har inget under sig.")
OBJECTED = text("Den som skrev har bett att slippa bli citerad, och har inte fått svar.")
AMBER = {
    Standing.CHANGED: text("Inlägget har ändrats, och orden står inte kvar."),
    Standing.WITHDRAWN: text("Inlägget är tillbakadraget."),
    Standing.HIDDEN: text("Inlägget är dolt av koordinatorn."),
    Standing.NOT_FOR_QUOTING: text("Inlägget får inte citeras längre."),
}


@dataclass(frozen=True)
class Fault:
    """What must be dealt with before the dossier can be published, and where."""

    piece: Piece
    sentence: str


class NotReady(Refusal):
    """There are faults in the dossier."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(text("Underlaget kan inte publiceras ännu."), status=409)
        self.faults = faults


def faults(pieces: Sequence[Piece]) -> list[Fault]:
    """What stands in the way, in the order of the standing parts.

    A heading has something under it before the next one. Words are grounded when they are marked as the
    steering group's own, or the part right after them, in the same section, is a passage. What is left out
    is passed over as if it were not there.
    """
    drawn = [each for each in pieces if each.is_drawn]
    found = []
    for place, each in enumerate(drawn):
        after = drawn[place + 1] if place + 1 < len(drawn) else None
        if each.part.kind is PartKind.HEADING:
            if after is None or after.part.kind is PartKind.HEADING:
                found.append(Fault(each, BARE))
        elif each.part.kind is PartKind.WORDS and not each.part.is_steering:
            if after is None or after.source is None:
                found.append(Fault(each, UNGROUNDED))
        elif each.source is not None and each.is_amber:
            found.append(Fault(each, AMBER[each.source.standing]))
        elif each.source is not None and each.source.is_objected:
            found.append(Fault(each, OBJECTED))
    return found


def publish(desk: Desk, version: int, by: int) -> Edition:
    """Make an edition of the dossier's `version`. Raises NotReady, Changed or Refusal when nothing is new."""
    dossier = desk.dossier
    if dossier is None:
        raise Refusal(text("Underlaget är tomt."), status=409)
    if desk.question.merged_into_id is not None:
        raise Refusal(text("Frågan har gått upp i en annan och publiceras inte."), status=409)
    turn(dossier.id, version)
    pieces = dossiers.standing(dossiers.pieces(dossier.id))
    content = _content(pieces)
    if all(each["kind"] == PartKind.HEADING for each in content):
        raise Refusal(text("Underlaget är tomt."), status=409)
    if found := faults(pieces):
        raise NotReady(found)
    before = _last(dossier)
    if before is not None and before.content == content:
        raise Refusal(text("Inget har ändrats sedan underlaget publicerades senast."), status=409)
    edition = Edition(
        dossier_id=dossier.id,
        number=before.number + 1 if before else 1,
        content=content,
        published_at=clock.now(),
        published_by_id=by,
    )
    db.session.add(edition)
    db.session.flush()
    record("dossier:publish", f"dossier:{dossier.id}", by, edition=edition.number)
    return edition


def is_unchanged(pieces: Sequence[Piece], last: Last | None) -> bool:
    """Whether an edition of these parts would say what the last one says."""
    return last is not None and last.content == _content(pieces)


def _content(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [_frozen(each) for each in pieces if each.is_drawn]


def _last(dossier: Dossier) -> Edition | None:
    query = select(Edition).where(Edition.dossier_id == dossier.id)
    return db.session.scalar(query.order_by(Edition.number.desc()).limit(1))


def _frozen(piece: Piece) -> dict[str, Any]:
    """A part as an edition holds it; who spoke and when is the post's own, and is read from there."""
    part = piece.part
    if piece.source is not None:
        citation = piece.source.citation
        return {
            "kind": PartKind.PASSAGE.value,
            "part": part.id,
            "citation": citation.id,
            "post": citation.post_id,
            "version": citation.post_version,
            "passage": citation.passage,
        }
    if part.kind is PartKind.HEADING:
        return {"kind": PartKind.HEADING.value, "part": part.id, "text": part.body}
    return {
        "kind": PartKind.WORDS.value,
        "part": part.id,
        "plain": part.body,
        "html": part.body_html,
        "policy": part.policy,
        "is_steering": part.is_steering,
    }
