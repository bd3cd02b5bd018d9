"""What the pages call meetings, terms and what is missing."""

from typing import cast

from flask import current_app

from ...core import clock
from ...core.language import gettext, ngettext
from ...meetings.models import Meeting, MeetingMode
from ..models import HostTask, Term
from ..services import tasks
from .blueprint import bp


def label(meeting: Meeting) -> str:
    """What pages call the meeting; the words belong to its own views, which templates reach."""
    return cast(str, current_app.jinja_env.filters["meeting_label"](meeting))


@bp.app_template_filter("term_label")
def term(term: Term, year: int) -> str:
    """`våren 2028`."""
    if term is Term.SPRING:
        return gettext("våren %(year)s", year=year)
    return gettext("hösten %(year)s", year=year)


def missing(meeting: Meeting, left: list[HostTask]) -> list[str]:
    """What a coming meeting still lacks, in words."""
    parts, items = meeting.programme, meeting.agenda
    over = [part for part in parts if meeting.minutes_over(part) > 0]
    timeless = [part for part in parts if part.starts_at is None or part.ends_at is None]
    late = [task for task in left if tasks.is_overdue(task, meeting)]
    said = [
        (not meeting.hosts, gettext("värd")),
        (meeting.mode is not MeetingMode.DIGITAL and not meeting.place, gettext("plats")),
        (
            meeting.mode is not MeetingMode.DIGITAL and bool(meeting.place) and not meeting.venue,
            gettext("adress"),
        ),
        (meeting.mode not in (MeetingMode.ON_SITE, None) and not meeting.link_url, gettext("länk")),
        (not meeting.times_known, gettext("klockslag")),
        (not meeting.themes, gettext("tema")),
        (not parts, gettext("program")),
        (bool(timeless), gettext("tider i programmet")),
        (not items, gettext("dagordning")),
        (any(not item.minutes for item in items), gettext("minuter i dagordningen")),
        (any(not item.responsible for item in items), gettext("ansvariga i dagordningen")),
        (bool(over), gettext("dagordningen är längre än programmet")),
        (
            bool(late),
            ngettext(
                "%(num)d försenad uppgift hos värden", "%(num)d försenade uppgifter hos värden", len(late)
            ),
        ),
    ]
    return [words for is_missing, words in said if is_missing]


def days_left(meeting: Meeting) -> int:
    return (meeting.starts_on - clock.today(meeting.time_zone)).days
