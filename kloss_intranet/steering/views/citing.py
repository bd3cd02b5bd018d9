"""Picking a passage from a post, and dealing with one whose post has changed."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.kept import piece as drawn_once
from ...core.language import gettext, language
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.words import Refusal
from ...threads import queries as threads
from ...threads.models import Post
from ..forms.dossiers import PassageForm, passage_form
from ..models import PartKind
from ..notifications import citations as letters
from ..queries import dossiers, picking
from ..queries.dossiers import Desk, Piece
from ..queries.editions import voice_of
from ..services import citing, drafting
from .blueprint import bp
from .ordering import refused, to_part

LONGEST_PREFILLED = 600
"""Characters of a whole post that stand in the form from the beginning; of a longer one nothing does."""


def _readable(post_id: int) -> Post | None:
    """The post, but for one that is folded until the reader has written."""
    post = picking.source(post_id)
    return None if post is None or threads.is_folded(me(), post.thread, post) else post


@bp.get("/posts/<int:post_id>/citations/new")
@requires(Permission.DOSSIER_WRITE, find=_readable)
def new_citation(post: Post) -> ResponseReturnValue:
    if not post.stands:
        return redirect(url_for("threads.locate", post_id=post.id), 303)
    form = passage_form(picking.places(post.thread.question_id), is_empty=True)
    marked = texts.tidy(request.args.get("words", ""))[: citing.LONGEST_PASSAGE]
    form.body.data = marked or (post.body if len(post.body) <= LONGEST_PREFILLED else "")
    form.place.data = request.args.get("place") or (
        f"question-{post.thread.question_id}" if post.thread.question_id else None
    )
    return _page(post, form)


@bp.post("/posts/<int:post_id>/citations")
@requires(Permission.DOSSIER_WRITE, find=_readable)
def cite(post: Post) -> ResponseReturnValue:
    form = passage_form(picking.places(post.thread.question_id))
    if not form.validate():
        return _page(post, form), 422
    try:
        desk, after = _place(form.place.data)
        dossier = drafting.begun(desk, me().member_id)
        citation = citing.cite(dossier, post, form.body.data or "", me().member_id, after=after)
        letters.tell_of_citation(desk.question, citation, post)
    except Refusal as refusal:
        post_id = post.id
        db.session.rollback()
        add_refusal(form, refusal)
        return _page(_readable(post_id) or abort(404), form), refusal.status
    db.session.commit()
    flash_done(gettext("Citatet ligger i underlaget."))
    return to_part(desk.question.id, citation.part_id)


@bp.post("/steering/parts/<int:part_id>/settlements")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def keep_citation(piece: Piece) -> ResponseReturnValue:
    try:
        seen = request.values.get("seen", 0, type=number)
        citing.keep(piece, seen, request.values.get("version", 0, type=number), me().member_id)
    except Refusal as refusal:
        return refused(piece, refusal)
    db.session.commit()
    flash_done(gettext("Citatet behålls som det löd."))
    return to_part(piece.part.dossier.question_id, piece.part.id)


@bp.post("/steering/parts/<int:part_id>/wordings")
@requires(Permission.DOSSIER_WRITE, find=dossiers.piece)
def renew_citation(piece: Piece) -> ResponseReturnValue:
    said, version = request.form.get("body", ""), request.values.get("version", 0, type=number)
    try:
        citing.renew(piece, said, version, me().member_id)
    except Refusal as refusal:
        return refused(piece, refusal, texts.tidy(said))
    db.session.commit()
    flash_done(gettext("Citatet har inläggets nya lydelse."))
    return to_part(piece.part.dossier.question_id, piece.part.id)


@fills("post.acts")
def of_post(subject: Any) -> Markup:
    """The way from a post to the form above, for those who write dossiers and where it may be picked from."""
    row, thread = subject
    if not may(me(), Permission.DOSSIER_WRITE) or citing.reason_against(_Row(row, thread)):
        return Markup()
    key = ("post-pick", language(), row.id)
    return drawn_once(key, lambda: render_template("steering/_pick.html", post_id=row.id))


class _Row:
    """What is asked about a post, from its row and its thread."""

    def __init__(self, row: Any, thread: Any) -> None:
        self.withdrawn_at, self.hidden_at = row.withdrawn_at, row.hidden_at
        self.not_for_quoting = row.not_for_quoting
        self.audience, self.as_guest = thread.audience, row.voice.is_guest


def _place(chosen: str) -> tuple[Desk, int | None]:
    """The dossier that was chosen, and the part that the passage comes after. Raises Refusal."""
    kind, _, given = chosen.partition("-")
    place_id = int(given)  # one of the choices, which the form has made sure of
    if kind == PartKind.HEADING:
        heading = dossiers.piece(place_id)
        if heading is None:
            raise drafting.Changed
        desk = Desk(heading.part.dossier.question, heading.part.dossier)
        return desk, picking.end_of_section(heading.part)
    found = dossiers.desk(place_id)
    if found is None:
        raise drafting.Changed
    return found, None


def _page(post: Post, form: PassageForm) -> str:
    return render_template(
        "steering/dossier_cite.html",
        post=post,
        voice=voice_of(post, post.institution),
        phase=post.thread.meeting.phase_at(post.posted_at),
        form=form,
        html=texts.shown(post.body_html, post.policy) if post.stands else Markup(),
        refusal=citing.reason_against(post),
        limit=citing.LONGEST_PASSAGE,
    )
