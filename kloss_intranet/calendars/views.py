"""A meeting as a calendar file, the address that a member's calendar fetches from, and the page about it."""

from hashlib import sha256

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from ..audit.queries import is_noted
from ..audit.services import record
from ..core import clock
from ..core.access import as_member, me, public, requires
from ..core.db import db, write_now
from ..core.errors import flash_done
from ..core.language import LOCALES, gettext
from ..core.policy import Permission
from ..core.slots import fills
from ..meetings import queries as meetings
from ..meetings.models import Meeting, MeetingState
from . import queries
from .notifications import entry, sender
from .services import feeds
from .services.writing import Method, write

bp = Blueprint("calendars", __name__)
FETCHED = "export.calendar"
NEW = "new_calendar"
"""Where the browser holds a new address until it has been shown, once."""


@bp.get("/meetings/<string:slug>/calendar.ics")
@requires(Permission.MEETING_READ, find=meetings.meeting)
def meeting_file(meeting: Meeting) -> ResponseReturnValue:
    answer = _calendar(write([entry(meeting)], Method.PUBLISH, sender(), clock.now()))
    answer.headers.set("Content-Disposition", "attachment", filename=f"klossnet-{meeting.slug}.ics")
    return answer


@bp.get("/calendar/<string:token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """What the address's holder may read today, whoever asks; the same bytes until something changes."""
    found = queries.of_token(token)
    reader = as_member(found.member_id) if found else None
    if found is None or reader is None or not queries.has_meetings(reader):
        abort(404)
    shown = queries.shown_to(reader)
    with force_locale(LOCALES[reader.language]):
        entries = [entry(meeting) for meeting in shown]
        changed_at = max([found.made_at, *(meeting.changed_at for meeting in shown if meeting.changed_at)])
        answer = _calendar(write(entries, Method.PUBLISH, sender(), changed_at, name="KLOSSnet"))
    _note(reader.member_id)
    answer.set_etag(sha256(answer.get_data()).hexdigest())
    answer.make_conditional(request)
    # Only told: what may be read also changes with the day, so an answer is never left out for its sake.
    answer.last_modified = changed_at
    return answer


@bp.get("/settings/calendar")
@requires(Permission.SETTING_READ)
def settings() -> ResponseReturnValue:
    token = session.pop(NEW, None)
    path = url_for("calendars.feed", token=token) if token else None
    return render_template(
        "calendars/settings.html",
        live=queries.live(me().member_id),
        address=current_app.config["SETTINGS"].base_url + path if path else None,
    )


@bp.post("/settings/calendar/addresses")
@requires(Permission.SETTING_WRITE)
def make_address() -> ResponseReturnValue:
    token = feeds.make(me().member_id)
    db.session.commit()
    session[NEW] = token
    return redirect(url_for("calendars.settings"), 303)


@bp.post("/settings/calendar/endings")
@requires(Permission.SETTING_WRITE)
def end_address() -> ResponseReturnValue:
    feeds.end(me().member_id)
    db.session.commit()
    session.pop(NEW, None)
    flash_done(gettext("Adressen är borttagen. Kalendrar som hämtade från den får inget mer."))
    return redirect(url_for("calendars.settings"), 303)


@fills("meeting.calendar")
def _link(meeting: Meeting) -> str:
    """The way into the calendar, while there is something to come to."""
    if meeting.ends_at <= clock.now() or meeting.state is MeetingState.CANCELLED:
        return ""
    return render_template("calendars/_link.html", meeting=meeting)


def _note(member_id: int) -> None:
    """Record that the member's calendar was fetched: the first time each day from each place."""
    subject = f"member:{member_id}"
    if request.method == "GET" and not is_noted(
        FETCHED, subject, request.remote_addr, clock.day_begins(clock.today())
    ):
        write_now()
        record(FETCHED, subject)  # by whoever has the address: nobody is signed in
        db.session.commit()


def _calendar(text: str) -> Response:
    return Response(text, content_type="text/calendar; charset=utf-8")
