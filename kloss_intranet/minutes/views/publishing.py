"""Publishing the minutes, which tells the participants once, and telling them of changes when asked to."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from .. import notifications
from ..queries import entries, telling
from ..services import writing
from .blueprint import bp


@bp.get("/meetings/<string:slug>/minutes/publish")
@requires(Permission.MINUTES_PUBLISH, find=meetings.meeting)
def publish(meeting: Meeting) -> str:
    """Asks first: what others have read cannot be unread."""
    written = entries.entries(meeting.id)
    return render_template(
        "minutes/publish.html",
        meeting=meeting,
        is_written=bool(written),
        is_untold=telling.is_untold(meeting, [one.written_at for one in written.values()]),
        empty=[item for item in meeting.agenda if item.id not in written],
    )


@bp.post("/meetings/<string:slug>/minutes/publications")
@requires(Permission.MINUTES_PUBLISH, find=meetings.meeting)
def make_public(meeting: Meeting) -> ResponseReturnValue:
    if meeting.minutes_published_at is None:  # else by an earlier press, or by somebody else
        writing.publish(meeting, me().member_id)
        notifications.tell_of_minutes(meeting, me().member_id)
        db.session.commit()
    return _back(meeting, gettext("Anteckningarna är publicerade, och deltagarna får veta det."))


@bp.post("/meetings/<string:slug>/minutes/announcements")
@requires(Permission.MINUTES_PUBLISH, find=meetings.meeting)
def announce(meeting: Meeting) -> ResponseReturnValue:
    written = [one.written_at for one in entries.entries(meeting.id).values()]
    if meeting.minutes_published_at is not None and not telling.is_untold(meeting, written):
        return _back(meeting, gettext("Deltagarna har redan fått veta om alla ändringar."))
    edition = writing.announce(meeting, me().member_id)
    notifications.tell_of_minutes(meeting, me().member_id, edition)
    db.session.commit()
    return _back(meeting, gettext("Deltagarna får veta att anteckningarna har ändrats."))


def _back(meeting: Meeting, sentence: str) -> ResponseReturnValue:
    flash_done(sentence)
    return redirect(url_for("minutes.show", slug=meeting.slug), 303)
