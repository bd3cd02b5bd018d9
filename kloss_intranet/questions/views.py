"""The questions in the order of their states, and the page of one with its way through the meetings."""

from datetime import datetime

from flask import Blueprint, render_template

from ..core import clock, slots
from ..core.access import me, requires
from ..core.language import gettext, ngettext
from ..core.policy import Permission, may
from ..core.swedish import sort_key
from ..meetings.models import Meeting
from . import queries
from .models import Question, QuestionState, Treatment

# What is being worked on comes first; what rests comes last.
ORDER = (
    QuestionState.CHOSEN,
    QuestionState.IN_PREPARATION,
    QuestionState.RAISED,
    QuestionState.TREATED,
    QuestionState.FOLLOWED_UP,
    QuestionState.RESTING,
)
bp = Blueprint("questions", __name__, url_prefix="/questions")


@bp.get("/")
@requires(Permission.QUESTION_READ)
def index() -> str:
    found = sorted(
        queries.index(me()), key=lambda question: (ORDER.index(question.state), sort_key(question.title))
    )
    return render_template("questions/index.html", questions=found)


@bp.get("/<int:question_id>")
@requires(Permission.QUESTION_READ, find=queries.question)
def show(question: Question) -> str:
    return render_template("questions/show.html", question=question, course=course(question), now=clock.now())


@slots.fills("meeting.questions")
def _meeting(meeting: Meeting) -> str:
    if not may(me(), Permission.QUESTION_READ):
        return ""
    treatments = queries.of_meeting(meeting.id)
    return render_template("questions/_on_agenda.html", treatments=treatments) if treatments else ""


@bp.app_template_filter("question_course")
def course(question: Question) -> list[Treatment]:
    """The treatments at meetings the reader may read, in the order of the meetings."""
    seen = [t for t in question.treatments if may(me(), Permission.MEETING_READ, t.agenda_item.meeting)]
    return sorted(seen, key=lambda t: (t.agenda_item.meeting.starts_at, t.agenda_item.position))


@bp.app_template_filter("question_course_told")
def told(treatments: list[Treatment]) -> str:
    """`Behandlad vid 7 träffar, senast för 7 månader sedan`."""
    now = clock.now()
    past = {t.agenda_item.meeting for t in treatments if t.agenda_item.meeting.starts_at <= now}
    if not past:
        return gettext("Ännu inte behandlad vid någon träff")
    times = ngettext("Behandlad vid %(num)d träff", "Behandlad vid %(num)d träffar", len(past))
    latest = max(meeting.starts_at for meeting in past)
    return gettext("%(times)s, senast behandlad %(ago)s", times=times, ago=ago(latest, now))


def ago(then: datetime, now: datetime) -> str:
    """How long since, in whole months, and in whole years from two years on."""
    months = (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
    if months < 1:
        return gettext("för mindre än en månad sedan")
    if months < 24:
        return ngettext("för %(num)d månad sedan", "för %(num)d månader sedan", months)
    return ngettext("för %(num)d år sedan", "för %(num)d år sedan", months // 12)
