"""Changing a meeting: all of it for the coordinator, the practical parts for its hosts."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...calendars.notifications import renew
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ...meetings.services import OVER
from .. import notifications, queries
from ..forms import FactsForm, PracticalForm, TimesForm
from ..services import facts as facts_of
from .blueprint import bp
from .typed import facts, known_facts, offer_choices, practical, refuse, version_of


def _form(meeting: Meeting, **filled: Any) -> PracticalForm:
    """The form for what the reader may change of the meeting as it stands."""
    if not may(me(), Permission.MEETING_EDIT, meeting):
        return PracticalForm(**filled)
    form = FactsForm(**filled) if meeting.state in OVER else TimesForm(**filled)
    offer_choices(form)
    return form


def _page(meeting: Meeting, form: PracticalForm, is_clash: bool = False) -> str:
    return render_template("planning/edit.html", meeting=meeting, form=form, is_clash=is_clash)


@bp.get("/meetings/<string:slug>/edit")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    return _page(meeting, _form(meeting, formdata=None, data=known_facts(meeting)))


@bp.post("/meetings/<string:slug>/revisions")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def revise(meeting: Meeting) -> ResponseReturnValue:
    form, told = _form(meeting), meeting.sequence
    if not form.validate():
        return _page(meeting, form), 422
    try:
        wanted = facts(form, meeting) if isinstance(form, FactsForm) else practical(form)
        named = facts_of.revise(
            meeting,
            wanted,
            version=version_of(form.version),
            by=me().member_id,
            shift_parts=isinstance(form, TimesForm) and form.shift_parts.data,
        )
    except Refusal as refusal:
        db.session.rollback()
        if refusal.sentence == facts_of.CLASH:
            return _clash(queries.meeting_again(meeting), form), 409
        refuse(form, refusal)
        return _page(queries.meeting_again(meeting), form), refusal.status
    db.session.flush()
    changed = queries.meeting_again(meeting)
    notifications.tell_of_hosting(changed, named, me().member_id)
    letters = renew(changed) if changed.sequence != told else 0
    db.session.commit()
    said = gettext("Träffen är ändrad.")
    flash_done(f"{said} {gettext('De som berörs får ett mail.')}" if letters else said)
    return redirect(url_for("meetings.show", slug=meeting.slug), 303)


def _clash(stored: Meeting, form: PracticalForm) -> str:
    """What is stored now, above what was typed; sent again, the form replaces it."""
    form.version.data = str(stored.version)
    return _page(stored, form, is_clash=True)
