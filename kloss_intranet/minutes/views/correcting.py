"""Correcting how a meeting was closed, and the wordings it has had."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.difference import Part, difference
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.language import gettext, moment
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from .. import notifications
from ..forms import correction_form
from ..models import Closing, ClosingRevision
from ..queries import closings
from ..services import closing as service
from .blueprint import bp
from .history import ShownWording

Wording = Closing | ClosingRevision


@bp.get("/meetings/<string:slug>/closing/edit")
@requires(Permission.MEETING_CLOSE, find=meetings.meeting)
def edit_closing(meeting: Meeting) -> str:
    closing = _closing(meeting)
    return _page(meeting, correction_form(service.said_by(closing), closing.version))


@bp.post("/meetings/<string:slug>/closing/revisions")
@requires(Permission.MEETING_CLOSE, find=meetings.meeting)
def correct_closing(meeting: Meeting) -> ResponseReturnValue:
    closing, form = _closing(meeting), correction_form()
    if not form.validate():
        return _page(meeting, form), 422
    said = form.said()
    try:
        is_changed = service.correct(meeting, closing, said, _version(form), me().member_id)
    except service.Clash as clash:
        return _clash(meeting, form), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(meeting, form), refusal.status
    version = closing.version
    is_told = form.tell.data and version > 1
    if is_told:
        notifications.tell_of_closing(meeting, said, me().member_id, version)
    db.session.commit()
    flash_done(_sentence(is_changed, is_told))
    return redirect(url_for("meetings.show", slug=meeting.slug, _anchor="minutes"), 303)


@bp.get("/meetings/<string:slug>/closing/revisions")
@requires(Permission.CLOSING_READ, find=closings.of_slug)
def history_of_closing(closing: Closing) -> str:
    kept, zone = closings.wordings(closing), closing.meeting.time_zone
    shown = [_shown(one, before, zone) for one, before in pairwise([*kept, None]) if one]
    return render_template("minutes/closing_history.html", meeting=closing.meeting, wordings=shown)


def _closing(meeting: Meeting) -> Closing:
    return closings.closing(meeting.id) or abort(404)


def _version(form: Any) -> int:
    try:
        return number(form.version.data or "0")
    except ValueError:
        return 0


def _sentence(is_changed: bool, is_told: bool) -> str:
    if is_told:
        return gettext("Nätverket får veta att avslutet har ändrats.")
    return gettext("Ändringen är sparad.") if is_changed else gettext("Inget var ändrat.")


def _page(meeting: Meeting, form: Any, stored: Closing | None = None, parts: Sequence[Part] = ()) -> str:
    return render_template("minutes/correct.html", meeting=meeting, form=form, stored=stored, parts=parts)


def _clash(meeting: Meeting, form: Any) -> str:
    """What differs from what stands there now; what was sent stays in the form, with the version of that."""
    now = _closing(meeting)
    stored = _words(service.said_by(now))
    form.version.data = now.version
    return _page(meeting, form, stored=now, parts=difference(stored, _words(form.said())))


def _shown(
    one: Closing | ClosingRevision, before: Closing | ClosingRevision | None, zone: str
) -> ShownWording:
    said = _words(service.said_by(one))
    parts = difference(_words(service.said_by(before)), said) if before else [Part("", said)]
    return ShownWording(
        number=one.version if isinstance(one, Closing) else one.number,
        is_present=isinstance(one, Closing),
        who=one.written_by.name,
        when=moment(one.written_at, zone),
        parts=parts,
        looks_only=False,
        html=texts.shown(texts.to_html(said)),
    )


def _words(said: service.Said) -> str:
    """A wording as one text, for comparing."""
    blocks = ["\n".join(f"- {body}" for body in said.observations)] if said.observations else []
    if said.only_one_view:
        blocks.insert(0, gettext("Bara en syn kom fram vid träffen."))
    if said.carried_on:
        blocks += [gettext("Det här förs vidare"), said.carried_on]
    return "\n\n".join(blocks)
