"""Those who help the hosts of a meeting."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import AdmissionKind, Meeting
from ...meetings.services import stays_until
from .. import notifications, queries
from ..forms import HelperForm
from ..services import states
from .blueprint import bp
from .typed import named, within


@bp.get("/meetings/<string:slug>/helpers")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def helpers(meeting: Meeting) -> ResponseReturnValue:
    return _list(meeting, HelperForm(formdata=None))


def _list(meeting: Meeting, form: HelperForm) -> str:
    return render_template(
        "planning/helpers.html",
        meeting=meeting,
        form=form,
        helpers=queries.helpers(meeting, clock.today()),
        until=stays_until(meeting, AdmissionKind.HOST),
    )


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("planning.helpers", slug=meeting.slug), 303)


@bp.post("/meetings/<string:slug>/helpers")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def name_helper(meeting: Meeting) -> ResponseReturnValue:
    form = HelperForm()
    if not form.validate():
        return _list(meeting, form), 422
    try:
        member = states.name_helper(meeting, form.email.data or "", me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _list(meeting, form), refusal.status
    notifications.tell_helper(meeting, member, me().member_id)
    db.session.commit()
    flash_done(gettext("%(name)s kan nu ordna träffen tillsammans med er.", name=member.name))
    return _back(meeting)


@bp.post("/meetings/<string:slug>/helpers/<int:admission_id>/endings")
@requires(Permission.MEETING_ARRANGE, find=within)
def end_helper(meeting: Meeting) -> ResponseReturnValue:
    admission = named(queries.helpers(meeting, clock.today()), "admission_id")
    states.dismiss_helper(meeting, admission, me().member_id)
    db.session.commit()
    flash_done(gettext("%(name)s ordnar inte längre träffen.", name=admission.member.name))
    return _back(meeting) if admission.member_id != me().member_id else redirect(url_for("home.index"), 303)
