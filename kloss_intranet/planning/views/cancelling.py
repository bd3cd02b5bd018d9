"""Cancelling a meeting, and saying that it has taken place."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission
from ...meetings import queries as meetings
from ...meetings import services
from ...meetings.models import Meeting, MeetingState
from .. import notifications
from ..forms import CancellingForm
from ..services import states
from .blueprint import bp


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("meetings.show", slug=meeting.slug), 303)


@bp.get("/meetings/<string:slug>/cancel")
@requires(Permission.MEETING_EDIT, find=meetings.meeting)
def ask_cancel(meeting: Meeting) -> ResponseReturnValue:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        return _back(meeting)
    return render_template("planning/cancel.html", meeting=meeting, form=CancellingForm())


@bp.post("/meetings/<string:slug>/cancellations")
@requires(Permission.MEETING_EDIT, find=meetings.meeting)
def cancel(meeting: Meeting) -> ResponseReturnValue:
    form = CancellingForm()
    if not form.validate():
        return render_template("planning/cancel.html", meeting=meeting, form=form), 422
    services.cancel(meeting, form.reason.data or "", me().member_id)
    notifications.tell_of_cancelling(meeting, me().member_id)
    db.session.commit()
    flash_done(gettext("Träffen är inställd, och alla berörda får ett mail."))
    return _back(meeting)


@bp.get("/meetings/<string:slug>/hold")
@requires(Permission.MEETING_EDIT, find=meetings.meeting)
def ask_hold(meeting: Meeting) -> ResponseReturnValue:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        return _back(meeting)
    return render_template("planning/hold.html", meeting=meeting)


@bp.post("/meetings/<string:slug>/holdings")
@requires(Permission.MEETING_EDIT, find=meetings.meeting)
def hold(meeting: Meeting) -> ResponseReturnValue:
    states.hold(meeting, me().member_id)
    db.session.commit()
    flash_done(gettext("Träffen är genomförd. Dess tider ligger nu fast."))
    return _back(meeting)
