"""Closing a meeting that has been."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...attendance.services import noting
from ...core.access import me, requires
from ...core.clock import now
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext, language
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting, MeetingState
from ...members import queries as members
from ...members.models import Institution
from ...questions import queries as questions
from ...questions.models import Question
from ...questions.notifications import tell_of_change
from .. import notifications
from ..forms import closing_form
from ..services import closing as closing_service
from .blueprint import bp

Parts = tuple[Any, list[Institution], list[Question]]


@bp.get("/meetings/<string:slug>/close")
@requires(Permission.MEETING_CLOSE, find=meetings.meeting)
def close(meeting: Meeting) -> ResponseReturnValue:
    if meeting.state is MeetingState.CLOSED:
        return redirect(url_for("meetings.show", slug=meeting.slug), 303)
    form, institutions, treated = _parts(meeting)
    noted, mark = noting.noted(meeting)
    for institution_id, count in (noted or noting.expected(meeting)).items():
        form[f"present{institution_id}"].data = count
    for question in treated:
        form[f"treated{question.id}"].data = True
    return _page(meeting, (form, institutions, treated), mark)


@bp.post("/meetings/<string:slug>/closings")
@requires(Permission.MEETING_CLOSE, find=meetings.meeting)
def make_closing(meeting: Meeting) -> ResponseReturnValue:
    if meeting.state is MeetingState.CLOSED:  # by an earlier press, or by somebody else
        flash_done(gettext("Träffen är redan avslutad."))
        return redirect(url_for("meetings.show", slug=meeting.slug), 303)
    form, institutions, treated = parts = _parts(meeting)
    if not form.validate():
        return _page(meeting, parts, request.form.get("mark", "")), 422
    given = closing_service.Close(
        present={one.id: form[f"present{one.id}"].data or 0 for one in institutions},
        mark=request.form.get("mark", ""),
        treated=[one for one in treated if form[f"treated{one.id}"].data],
        said=form.said(),
        carried=[one for one in treated if not form[f"treated{one.id}"].data],
    )
    try:
        closed = closing_service.close(meeting, given, me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(meeting, parts, noting.noted(meeting)[1]), refusal.status
    notifications.tell_of_closing(meeting, given.said, me().member_id)
    for question, change in closed.changes:
        tell_of_change(question, change)
    db.session.commit()
    flash_done(gettext("Träffen är avslutad, och nätverket får veta det."))
    return redirect(url_for("meetings.show", slug=meeting.slug, _anchor="minutes"), 303)


def _parts(meeting: Meeting) -> Parts:
    """The form, with the institutions and the questions that it has a field for."""
    institutions = members.institutions()
    treated = list(dict.fromkeys(one.question for one in questions.of_meeting(meeting.id)))
    return closing_form(institutions, treated, language()), institutions, treated


def _page(meeting: Meeting, parts: Parts, mark: str) -> str:
    form, institutions, treated = parts
    return render_template(
        "minutes/close.html",
        meeting=meeting,
        form=form,
        mark=mark,
        present=[form[f"present{one.id}"] for one in institutions],
        treated=[form[f"treated{one.id}"] for one in treated],
        can_close=meeting.ends_at <= now(),
    )
