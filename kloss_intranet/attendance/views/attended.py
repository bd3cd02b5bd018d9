"""Noting after a meeting how many came from each institution."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext, language
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ...members import queries as members
from ...members.models import Institution
from ..forms import AttendanceForm, attendance_form
from ..services import noting
from .blueprint import bp


@bp.get("/meetings/<string:slug>/attendance")
@requires(Permission.ATTENDANCE_WRITE, find=meetings.meeting)
def attendance(meeting: Meeting) -> str:
    kept, mark = noting.noted(meeting)
    seats = members.institutions()
    said = {f"seat_{number}": count for number, count in (kept or noting.expected(meeting)).items()}
    return _page(meeting, attendance_form(seats, language(), data=said | {"mark": mark}), seats)


def _page(
    meeting: Meeting, form: AttendanceForm, seats: list[Institution], theirs: dict[int, int] | None = None
) -> str:
    return render_template(
        "attendance/attendance.html",
        meeting=meeting,
        form=form,
        has_begun=clock.now() >= meeting.starts_at,
        is_noted=bool(noting.noted(meeting)[0]),
        theirs=[(seat.name(language()), theirs.get(seat.id, 0)) for seat in seats if theirs.get(seat.id)]
        if theirs is not None
        else None,
        total=sum(form[f"seat_{seat.id}"].data or 0 for seat in seats),
    )


@bp.post("/meetings/<string:slug>/attendance/notes")
@requires(Permission.ATTENDANCE_WRITE, find=meetings.meeting)
def note(meeting: Meeting) -> ResponseReturnValue:
    seats = members.institutions()
    form = attendance_form(seats, language())
    if not form.validate():
        return _page(meeting, form, seats), 422
    numbers = {seat.id: form[f"seat_{seat.id}"].data or 0 for seat in seats}
    try:
        noting.note(meeting, numbers, form.mark.data or "", me().member_id)
    except Refusal as refusal:
        if refusal.status != 409:
            add_refusal(form, refusal)
            return _page(meeting, form, seats), refusal.status
        theirs, form.mark.data = noting.noted(meeting)
        return _page(meeting, form, seats, theirs), 409
    db.session.commit()
    flash_done(gettext("Antalet per lärosäte är sparat."))
    return redirect(url_for("attendance.attendance", slug=meeting.slug), 303)
