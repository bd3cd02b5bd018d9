"""Picking passages from posts into a dossier, and dealing with those whose post has changed since."""

from typing import Any

from sqlalchemy import or_, select, update

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.words import Refusal, text
from ...threads.models import Audience, Post
from ..models import Citation, Dossier, Objection, Part, PartKind
from ..queries.dossiers import Piece, Standing
from ..queries.passages import is_quoted, located
from . import parts
from .drafting import turn

LONGEST_PASSAGE = 4000
"""Characters in a passage; who wants more picks it in pieces."""

NOT_THERE = text(
    "Orden står inte så i inlägget nu. Ta ett stycke ur inläggets text, ord för ord och utan luckor."
)
LEFT_OUT = text("Den som skrev har bett att just det citatet lämnas utanför underlaget.")
FROM_ANOTHER = text("Orden är ett citat av någon annan. Välj dem ur det inlägg som de kommer från.")


def reason_against(post: Any) -> str | None:
    """Why nothing may be picked from `post`, given with its thread; None when it may."""
    if post.hidden_at is not None:
        return text("Inlägget är dolt av koordinatorn och kan inte citeras.")
    if post.withdrawn_at is not None:
        return text("Inlägget är tillbakadraget och kan inte citeras.")
    if post.not_for_quoting:
        return text("Inlägget får inte citeras. Så har den som skrev det valt.")
    if post.audience is not Audience.NETWORK:
        return text("Inlägget står i en tråd för styrgruppen och kan inte citeras.")
    if post.as_guest:
        return text("Inlägget är skrivet av en gäst, för en enda träff, och kan inte citeras.")
    return None


def cite(dossier: Dossier, post: Post, passage: str, by: int, *, after: int | None = None) -> Citation:
    """Put a passage of `post`, as the post words it now, after the part `after`. Raises Refusal."""
    if reason := reason_against(post):
        raise Refusal(reason, field="body", status=409)
    said = _said(passage, post)
    turn(dossier.id)
    _check_anew(dossier.id, post, said)
    part = parts.add(dossier, PartKind.PASSAGE, texts.Written("", ""), by, after=after)
    citation = Citation(
        part_id=part.id,
        post_id=post.id,
        post_version=post.version,
        passage=said,
        picked_at=clock.now(),
        picked_by_id=by,
    )
    db.session.add(citation)
    db.session.flush()
    record("citation:make", f"citation:{citation.id}", by, post=post.id, version=post.version)
    return citation


def keep(piece: Piece, seen: int, version: int, by: int) -> None:
    """Let the passage stand as it was although its post, whose version `seen` was shown, has changed.

    Raises Refusal when the author has taken the post back or does not want it cited.
    """
    citation, post = _cited(piece)
    if piece.source is None or piece.source.standing is not Standing.CHANGED:
        raise Refusal(reason_against(post) or text("Citatet stämmer redan med inlägget."), status=409)
    if seen != post.version:
        raise parts.Clash
    turn(piece.part.dossier_id)
    parts.change(piece.part, version)
    _store(citation, settled_version=seen)
    record("citation:keep", f"citation:{citation.id}", by, version=seen)


def renew(piece: Piece, passage: str, version: int, by: int) -> None:
    """Take a passage of the post's present wording in place of the old one. Raises Refusal.

    One that its author has asked to have left out stays what it was, so that it is not picked again.
    """
    citation, post = _cited(piece)
    if reason := reason_against(post):
        raise Refusal(reason, status=409)
    said = _said(passage, post)
    turn(piece.part.dossier_id)
    _check_anew(piece.part.dossier_id, post, said, own=citation.id)
    parts.change(piece.part, version)
    _store(citation, passage=said, post_version=post.version, settled_version=None)
    record("citation:renew", f"citation:{citation.id}", by, version=post.version)


def lay_back(piece: Piece, by: int) -> None:
    """Undo the removal of a passage.

    Raises Refusal when the same words have been picked since, or their author wants them left out.
    """
    if piece.source is not None and piece.part.removed_at is not None:
        turn(piece.part.dossier_id)
        citation = piece.source.citation
        _check_anew(piece.part.dossier_id, piece.source.post, citation.passage, own=citation.id)
    parts.restore(piece.part, by)


def _said(passage: str, post: Post) -> str:
    """`passage` as the post has it. Raises Refusal when it is not there, or is too long."""
    wanted = texts.tidy(passage)
    if not wanted:
        raise Refusal(text("Välj orden som ska citeras."), field="body")
    if len(wanted) > LONGEST_PASSAGE:
        sentence = text("Ett citat får ha högst %(most)d tecken, och det här har %(length)d. Ta det i delar.")
        raise Refusal(sentence, field="body", most=LONGEST_PASSAGE, length=len(wanted))
    said = located(wanted, post)
    if said is None:
        raise Refusal(FROM_ANOTHER if is_quoted(wanted, post) else NOT_THERE, field="body")
    return said


def _check_anew(dossier_id: int, post: Post, said: str, own: int | None = None) -> None:
    """Refuse a passage that stands in the dossier already, or that its author has asked to have left out.

    `own` is the citation that the passage is to stand in; it is asked about whatever it says now.
    """
    query = (
        select(Citation.id, Part.removed_at, Objection.made_at, Objection.is_granted)
        .join(Part, Part.id == Citation.part_id)
        .outerjoin(Objection, Objection.citation_id == Citation.id)
        .where(Part.dossier_id == dossier_id, Citation.post_id == post.id)
        .where(or_(Citation.passage == said, Citation.id == own))
    )
    for number, removed_at, objected_at, is_granted in db.session.execute(query):
        if objected_at is not None and is_granted is not False:
            raise Refusal(LEFT_OUT, field="body", status=409)
        if removed_at is None and number != own:
            raise Refusal(text("Det citatet finns redan i underlaget."), field="body", status=409)


def _cited(piece: Piece) -> tuple[Citation, Post]:
    if piece.source is None or piece.part.removed_at is not None:
        raise parts.Clash
    return piece.source.citation, piece.source.post


def _store(citation: Citation, **values: Any) -> None:
    db.session.execute(
        update(Citation)
        .where(Citation.id == citation.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
