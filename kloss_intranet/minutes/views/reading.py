"""The minutes on one page, and what the pages of meetings and questions show of them."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from markupsafe import Markup

from ...core import clock
from ...core.access import me, requires
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.text import excerpt, shown
from ...meetings import queries as meetings
from ...meetings.models import AgendaItem, Meeting, MeetingState
from ...questions.models import Question
from ...questions.queries.course import Stop
from ..models import Closing, Entry
from ..queries import closings, entries, telling
from .blueprint import bp

LONGEST_BEGINNING = 240
"""Characters of an entry where it is only begun."""


@dataclass(frozen=True)
class ShownEntry:
    """An agenda item, or without one the meeting as a whole, and what is written about it."""

    item: AgendaItem | None
    entry: Entry | None
    html: Markup
    changed_at: datetime | None
    """When it was changed after the minutes had been published."""


@bp.get("/meetings/<string:slug>/minutes")
@requires(Permission.MINUTES_READ, find=meetings.meeting)
def show(meeting: Meeting) -> str:
    written = entries.entries(meeting.id)
    previous, following = entries.before(meeting, me()), entries.after(meeting, me())
    return render_template(
        "minutes/show.html",
        meeting=meeting,
        whole=_shown(meeting, None, written.get(None)),
        items=[_shown(meeting, item, written.get(item.id)) for item in meeting.agenda],
        is_written=bool(written),
        is_untold=telling.is_untold(meeting, [one.written_at for one in written.values()]),
        present=closings.present(meeting),
        previous=previous,
        following=following,
        closing=_closing(meeting),
    )


@fills("meeting.minutes")
def of_meeting(meeting: Meeting) -> str:
    """Links to the minutes, and how the meeting was closed; nothing for those who may see neither."""
    previous = entries.before(meeting, me(), only_written=True)
    can_read = may(me(), Permission.MINUTES_READ, meeting)
    can_close = may(me(), Permission.MEETING_CLOSE, meeting)
    closing = _closing(meeting)
    is_written = can_read and bool(entries.entries(meeting.id))
    has_begun = meeting.starts_at <= clock.now()
    if not (is_written or closing or previous or (has_begun and (can_read or can_close))):
        return ""
    return render_template(
        "minutes/_of_meeting.html",
        meeting=meeting,
        can_read=can_read,
        can_close=can_close and meeting.ends_at <= clock.now(),
        has_begun=has_begun,
        is_written=is_written,
        previous=previous.meeting if previous else None,
        closing=closing,
        present=closings.present(meeting) if closing else [],
    )


@fills("question.minutes")
def of_question(question: Question) -> str:
    """What was written where the question was treated."""
    found = [(one, shown(one.body_html, one.policy)) for one in entries.of_question(question, me())]
    return render_template("minutes/_of_question.html", extracts=found) if found else ""


@fills("question.stop")
def of_stop(stop: Stop) -> str:
    """The beginning of what was written at one of the question's meetings, with the way to the rest."""
    found = stop.once("minutes", lambda: entries.of_question(stop.question, me()))
    if stop.meeting.minutes_published_at is None:
        return ""
    items = {item.id for item in stop.items}
    begun = [(one, excerpt(one.body, LONGEST_BEGINNING)) for one in found if one.agenda_item_id in items]
    return render_template("minutes/_of_stop.html", meeting=stop.meeting, begun=begun)


def _shown(meeting: Meeting, item: AgendaItem | None, entry: Entry | None) -> ShownEntry:
    if entry is None:
        return ShownEntry(item, None, Markup(), None)
    out = meeting.minutes_published_at
    changed = entry.written_at if out and entry.written_at > out else None
    return ShownEntry(item, entry, shown(entry.body_html, entry.policy), changed)


def _closing(meeting: Meeting) -> Closing | None:
    """How the meeting was closed, for those who may know."""
    found = closings.closing(meeting.id) if meeting.state is MeetingState.CLOSED else None
    return found if found and may(me(), Permission.CLOSING_READ, found) else None
