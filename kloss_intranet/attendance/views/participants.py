"""Who comes to a meeting, and what those who arrange it may see and change."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.words import Refusal, text
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from .. import notifications, queries
from ..forms import PartsForm
from ..queries import Need, Participant
from ..services import needs, seats
from .blueprint import bp
from .signing import answers, form_of


@bp.get("/meetings/<string:slug>/participants")
@requires(Permission.SIGN_UP_READ, find=meetings.meeting)
def participants(meeting: Meeting) -> str:
    return _page(meeting)


@bp.post("/meetings/<string:slug>/participants/needs")
@requires(Permission.NEEDS_SHOW, find=meetings.meeting)
def show_needs(meeting: Meeting) -> ResponseReturnValue:
    """The same page with the needs: posted, for each showing leaves a line in the log."""
    found = needs.show(meeting, me().member_id)
    if not found:
        raise Refusal(text("Ingen har skrivit vad den behöver, eller så är det redan raderat."))
    db.session.commit()
    return _page(meeting, found)


def _page(meeting: Meeting, shown: list[Need] | None = None) -> str:
    now, arranges = clock.now(), may(me(), Permission.SIGN_UP_EDIT, meeting)
    comers = queries.comers(meeting)
    diets: dict[int, list[str]] = {}
    for need in shown or []:
        for number, people in comers.items():
            if need.diet and any(each.member_id == need.member_id for each in people):
                diets.setdefault(number, []).append(need.diet)
    return render_template(
        "attendance/participants.html",
        meeting=meeting,
        parts=queries.parts(meeting, me().member_id, now),
        comers=comers,
        arranges=arranges,
        unanswered=queries.unanswered(meeting, clock.today()) if arranges and now < meeting.ends_at else [],
        shown=shown,
        diets=diets,
        has_needs=arranges and bool(queries.needs_of(meeting, now)),
        erased_on=queries.erased_at(meeting),
    )


@bp.get("/meetings/<string:slug>/participants/<int:member_id>")
@requires(Permission.SIGN_UP_EDIT, find=queries.participant)
def edit_participant(one: Participant) -> str:
    return _edit(one, form_of(PartsForm, one.meeting, _parts(one), one.member.id, late=True))


@bp.post("/meetings/<string:slug>/participants/<int:member_id>/sign-ups")
@requires(Permission.SIGN_UP_EDIT, find=queries.participant)
def change_participant(one: Participant) -> ResponseReturnValue:
    parts, meeting = _parts(one), one.meeting
    form = form_of(PartsForm, meeting, parts, one.member.id, late=True)
    if not form.validate():
        return _edit(one, form), 422
    if not (said := answers(form, parts)):
        add_refusal(form, Refusal(text("Välj ett svar för minst en del.")))
        return _edit(one, form), 422
    try:
        given = seats.answer(meeting, one.member.id, one.institution_id, said, by=me().member_id, late=None)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _edit(one, form), refusal.status
    if not seats.comes_to_some(meeting.id, one.member.id):
        needs.write(meeting, one.member.id, None, None)
    notifications.tell_of_seats(meeting, given)
    if one.member.id != me().member_id:
        notifications.tell_of_change(meeting, one.member, clock.now().isoformat())
    db.session.commit()
    flash_done(gettext("Anmälan för %(name)s är ändrad.", name=one.member.name))
    return redirect(url_for("attendance.participants", slug=meeting.slug), 303)


def _parts(one: Participant) -> Any:
    return queries.parts(one.meeting, one.member.id, clock.now())


def _edit(one: Participant, form: PartsForm) -> str:
    return render_template(
        "attendance/edit_participant.html",
        one=one,
        meeting=one.meeting,
        form=form,
        stand_in=queries.stands_in_for(one.meeting.id, one.member.id),
    )
