"""What planning draws in the pages of meetings: the ways to change one, and to what comes next."""

from flask import render_template
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.policy import Permission, may
from ...core.slots import fills
from ...meetings.models import Meeting, MeetingState
from .. import queries
from ..services import tasks


@fills("meeting.planning")
def of_meeting(meeting: Meeting) -> Markup:
    """For those who arrange it: the pages where it is changed, and what is late."""
    if not may(me(), Permission.MEETING_ARRANGE, meeting):
        return Markup()
    is_over = meeting.state in (MeetingState.CANCELLED, MeetingState.CLOSED)
    late = [task for task in queries.tasks_of([meeting.id]) if tasks.is_overdue(task, meeting)]
    return Markup(  # noqa: S704 - a template of ours
        render_template(
            "planning/_of_meeting.html",
            meeting=meeting,
            late=len(late),
            is_over=is_over,
            has_begun=clock.now() >= meeting.starts_at,
        )
    )


@fills("meetings.planning")
def of_meetings(subject: object) -> Markup:
    if not may(me(), Permission.PLANNING_READ):
        return Markup()
    return Markup(render_template("planning/_of_meetings.html"))  # noqa: S704 - a template of ours
