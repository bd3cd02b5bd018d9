"""The guests of a meeting: who has been let in, and until when."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...attendance.notifications import tell_of_seats
from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import AdmissionKind, Guest, Meeting
from ...meetings.services import stays_until
from .. import notifications, queries
from ..forms import GuestForm
from ..services import guests as guests_of
from .blueprint import bp
from .typed import named, within


def _written(meeting: Meeting) -> dict[str, tuple[Guest, str]]:
    """Those who stand on the agenda and have not been let in, with what they stand as."""
    return {
        str(guest.id): (guest, f"{guest.name or guest.organisation}: {item.title}")
        for item in meeting.agenda
        for guest in item.guests
        if guest.member_id is None and (guest.name or guest.organisation)
    }


def _form(meeting: Meeting) -> GuestForm:
    """The form as sent, or filled with the guest of the agenda that the address names."""
    written = _written(meeting)
    known = {}
    if request.method == "GET" and (chosen := request.args.get("guest", "")) in written:
        guest = written[chosen][0]
        known = {"guest": chosen, "name": guest.name, "affiliation": guest.organisation}
    form = GuestForm(data=known)
    form.guest.choices = options(
        [("", gettext("Ingen särskild punkt")), *[(key, told) for key, (_guest, told) in written.items()]]
    )
    return form


@bp.get("/meetings/<string:slug>/guests")
@requires(Permission.GUEST_ADMIT, find=meetings.meeting)
def guests(meeting: Meeting) -> ResponseReturnValue:
    return _list(meeting, _form(meeting))


def _list(meeting: Meeting, form: GuestForm) -> str:
    until = stays_until(meeting, AdmissionKind.GUEST)
    return render_template(
        "planning/guests.html",
        meeting=meeting,
        form=form,
        guests=queries.guests(meeting, clock.today()),
        written=_written(meeting),
        until=until,
        is_past=until < clock.today(),
    )


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("planning.guests", slug=meeting.slug), 303)


@bp.post("/meetings/<string:slug>/guests")
@requires(Permission.GUEST_ADMIT, find=meetings.meeting)
def admit_guest(meeting: Meeting) -> ResponseReturnValue:
    form = _form(meeting)
    if not form.validate():
        return _list(meeting, form), 422
    try:
        admission = guests_of.admit(
            meeting,
            name=form.name.data or "",
            email=form.email.data or "",
            affiliation=form.affiliation.data or None,
            language=form.language.data,
            written=_written(meeting)[form.guest.data][0] if form.guest.data else None,
            by=me().member_id,
        )
    except Refusal as refusal:
        db.session.rollback()
        add_refusal(form, refusal)
        return _list(queries.meeting_again(meeting), form), refusal.status
    notifications.tell_guest(meeting, admission, me().member_id)
    db.session.commit()
    flash_done(gettext("%(name)s är gäst på träffen och får ett mail.", name=admission.member.name))
    return _back(meeting)


@bp.post("/meetings/<string:slug>/guests/<int:admission_id>/invitations")
@requires(Permission.GUEST_ADMIT, find=within)
def remind_guest(meeting: Meeting) -> ResponseReturnValue:
    admission = named(queries.guests(meeting, clock.today()), "admission_id")
    guests_of.remind(meeting, admission, me().member_id)
    notifications.tell_guest(meeting, admission, me().member_id)
    db.session.commit()
    flash_done(gettext("%(name)s får mailet igen.", name=admission.member.name))
    return _back(meeting)


@bp.post("/meetings/<string:slug>/guests/<int:admission_id>/endings")
@requires(Permission.GUEST_ADMIT, find=within)
def end_guest(meeting: Meeting) -> ResponseReturnValue:
    admission = named(queries.guests(meeting, clock.today()), "admission_id")
    tell_of_seats(meeting, guests_of.end(meeting, admission, me().member_id))
    notifications.tell_guest_ended(meeting, admission, me().member_id)
    db.session.commit()
    flash_done(gettext("%(name)s är inte längre gäst på träffen.", name=admission.member.name))
    return _back(meeting)
