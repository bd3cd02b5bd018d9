"""The programme of a meeting, part by part."""

from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...attendance.notifications import tell_of_seats
from ...calendars.notifications import renew
from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal, text
from ...meetings import queries as meetings
from ...meetings.models import Meeting, ProgrammeItem, ProgrammeKind
from ...meetings.services import last_day
from .. import queries
from ..forms import PartForm
from ..services import parts as parts_of
from ..services import times, turns
from ..services.facts import check_editable
from .blueprint import bp
from .typed import found, instant, named, refuse, shown_times, within


def _part(form: PartForm, meeting: Meeting, row: ProgrammeItem | None = None) -> parts_of.Part:
    """What the form says. Raises Refusal."""
    starts_at, ends_at = _times(form, meeting)
    last = form.sign_up_by.data
    if last is not None:
        times.in_time(last, "sign_up_by")
    return parts_of.Part(
        kind=ProgrammeKind(form.kind.data),
        title=form.title.data or "",
        place=form.place.data or None,
        starts_at=starts_at,
        ends_at=ends_at,
        description=form.description.data or None,
        takes_sign_ups=form.takes_sign_ups.data,
        capacity=form.capacity.data,
        sign_up_by=_sign_up_by(last, meeting, row),
    )


def _sign_up_by(last: date | None, meeting: Meeting, row: ProgrammeItem | None) -> datetime | None:
    """The end of the last day; on the meeting's own last day, the end of the meeting.

    A day that is left as it was keeps the clock time that `row` may have.
    """
    if last is None:
        return None
    if row and row.sign_up_by and times.day_up_to(row.sign_up_by, meeting.time_zone) == last:
        return row.sign_up_by
    ends_at = clock.day_ends(last, meeting.time_zone)
    return min(ends_at, meeting.ends_at) if last <= last_day(meeting) else ends_at


def _times(form: PartForm, meeting: Meeting) -> tuple[datetime | None, datetime | None]:
    start, end = form.starts_time.data, form.ends_time.data
    if start is None and end is None:
        return None, None
    if start is None:
        raise Refusal(text("Skriv när delen börjar."), field="starts_time")
    day = form.starts_on.data
    if day is None:
        raise Refusal(text("Välj vilken dag delen äger rum."), field="starts_on")
    starts_at = instant(form, "starts", day, start, meeting.time_zone)
    if end is None:
        return starts_at, None
    return starts_at, instant(form, "ends", form.ends_on.data or day, end, meeting.time_zone)


@bp.get("/meetings/<string:slug>/parts")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def parts(meeting: Meeting) -> ResponseReturnValue:
    return _list(meeting, PartForm(formdata=None, data={"starts_on": meeting.starts_on}))


def _list(meeting: Meeting, form: PartForm) -> str:
    return render_template("planning/parts.html", meeting=meeting, form=form)


@bp.post("/meetings/<string:slug>/parts")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def add_part(meeting: Meeting) -> ResponseReturnValue:
    form = PartForm()
    if not form.validate():
        return _list(meeting, form), 422
    try:
        parts_of.add(meeting, _part(form, meeting), me().member_id)
    except Refusal as refusal:
        refuse(form, refusal)
        return _list(meeting, form), refusal.status
    told = renew(queries.meeting_again(meeting))
    db.session.commit()
    _say(gettext("Delen är tillagd."), told)
    return _back(meeting)


def _gone(meeting: Meeting, form: PartForm) -> str:
    """The programme, with what was typed about a part that is there no more."""
    refuse(form, turns.Gone())
    return _list(queries.meeting_again(meeting), form)


def _say(done: str, told: int) -> None:
    """What was done, and whether others are told of it."""
    flash_done(f"{done} {gettext('De som berörs får ett mail.')}" if told else done)


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("planning.parts", slug=meeting.slug), 303)


@bp.get("/meetings/<string:slug>/parts/<int:part_id>/edit")
@requires(Permission.MEETING_ARRANGE, find=within)
def edit_part(meeting: Meeting) -> ResponseReturnValue:
    row: ProgrammeItem = named(meeting.programme, "part_id")
    check_editable(meeting)
    return _edit(meeting, row, PartForm(formdata=None, data=_known(row, meeting)))


def _known(row: ProgrammeItem, meeting: Meeting) -> dict[str, Any]:
    names = ("title", "place", "description", "takes_sign_ups", "capacity")
    known = {name: getattr(row, name) for name in names} | {"kind": row.kind.value, "seen": turns.mark(row)}
    if row.sign_up_by:
        known["sign_up_by"] = times.day_up_to(row.sign_up_by, meeting.time_zone)
    return known | {"starts_on": meeting.starts_on} | shown_times(row, meeting.time_zone)


def _edit(meeting: Meeting, row: ProgrammeItem, form: PartForm, is_clash: bool = False) -> str:
    return render_template("planning/edit_part.html", meeting=meeting, part=row, form=form, is_clash=is_clash)


@bp.post("/meetings/<string:slug>/parts/<int:part_id>/revisions")
@requires(Permission.MEETING_ARRANGE, find=within)
def revise_part(meeting: Meeting) -> ResponseReturnValue:
    row, form = found(meeting.programme, "part_id"), PartForm()
    if row is None:
        return _gone(meeting, form), 409
    sequence, told = meeting.sequence, 0
    if not form.validate():
        return _edit(meeting, row, form), 422
    try:
        part, seen = _part(form, meeting, row), form.seen.data or ""
        given = parts_of.revise(meeting, row, part, seen=seen, by=me().member_id)
    except turns.Clash as clash:
        # Sent again, the form replaces what the reader has now been shown.
        form.seen.data = turns.mark(row)
        return _edit(meeting, row, form, is_clash=True), clash.status
    except turns.Gone:
        return _gone(meeting, form), 409
    except Refusal as refusal:
        refuse(form, refusal)
        return _edit(meeting, row, form), refusal.status
    tell_of_seats(meeting, given)
    if meeting.sequence != sequence:
        told = renew(queries.meeting_again(meeting))
    db.session.commit()
    _say(gettext("Delen är ändrad."), told)
    return _back(meeting)


@bp.post("/meetings/<string:slug>/parts/<int:part_id>/removals")
@requires(Permission.MEETING_ARRANGE, find=within)
def remove_part(meeting: Meeting) -> ResponseReturnValue:
    parts_of.remove(meeting, named(meeting.programme, "part_id"), me().member_id)
    told = renew(queries.meeting_again(meeting))
    db.session.commit()
    _say(gettext("Delen är borttagen."), told)
    return _back(meeting)
