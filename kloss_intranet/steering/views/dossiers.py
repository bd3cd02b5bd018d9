"""The dossier as the steering group drafts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.difference import Part as Run
from ...core.difference import difference
from ...core.form import number
from ...core.policy import Permission
from ...threads import queries as threads
from ...threads.models import Thread
from ..models import PartKind
from ..queries import dossiers
from ..queries.dossiers import Desk, Piece, Standing
from ..queries.passages import successor
from ..services import publishing
from ..services.publishing import Fault
from .blueprint import bp


@dataclass(frozen=True)
class Rewording:
    """What has become of a passage whose post was changed: its likely new wording, and the way there."""

    words: str
    runs: list[Run]


@dataclass(frozen=True)
class ShownPart:
    """A part as templates/steering/_part.html draws it."""

    piece: Piece
    html: Markup
    fault: str | None
    rewording: Rewording | None
    is_first: bool
    is_last: bool
    ends_section: bool


@bp.get("/steering/dossiers/<int:question_id>", endpoint="dossier")
@requires(Permission.DOSSIER_WRITE, find=dossiers.desk)
def show(desk: Desk) -> str:
    return page(desk)


def page(desk: Desk, **more: Any) -> str:
    """The dossier with what stands in its way; `error` says why something was refused."""
    pieces = dossiers.pieces(desk.dossier.id) if desk.dossier else []
    standing = dossiers.standing(pieces)
    faults = publishing.faults(standing)
    edition = dossiers.last_edition(desk.dossier.id) if desk.dossier else None
    undone = request.args.get("removed", type=number)
    removed = [each for each in pieces if each.part.removed_at is not None]
    values = {
        "desk": desk,
        "question": desk.question,
        "dossier": desk.dossier,
        "parts": _shown(standing, faults),
        "removed": removed,
        "just_removed": next((each for each in removed if each.part.id == undone), None),
        "faults": faults,
        "edition": edition,
        "is_unchanged": publishing.is_unchanged(standing, edition),
        "threads": threads.thread_list(me(), Thread.question_id == desk.question.id),
        "error": None,
        "typed": {},
    }
    return render_template("steering/dossier.html", **values | more)


def _shown(standing: Sequence[Piece], faults: Sequence[Fault]) -> list[ShownPart]:
    sentences = {fault.piece.part.id: fault.sentence for fault in faults}
    found = []
    for place, each in enumerate(standing):
        after = standing[place + 1] if place + 1 < len(standing) else None
        found.append(
            ShownPart(
                piece=each,
                html=_html(each),
                fault=sentences.get(each.part.id),
                rewording=_rewording(each),
                is_first=place == 0,
                is_last=after is None,
                ends_section=after is None or after.part.kind is PartKind.HEADING,
            )
        )
    return found


def _html(piece: Piece) -> Markup:
    if piece.source is not None:
        return texts.shown(texts.to_html(piece.source.citation.passage))
    return texts.shown(piece.part.body_html, piece.part.policy)


def _rewording(piece: Piece) -> Rewording | None:
    source = piece.source
    if source is None or source.standing is not Standing.CHANGED:
        return None
    words = successor(source.citation.passage, source.post)
    return Rewording(words, difference(source.citation.passage, words) if words else [])
