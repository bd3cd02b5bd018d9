"""The words in which templates speak of a question, each a filter."""

from datetime import datetime

from ...core import clock
from ...core.access import me
from ...core.language import gettext, ngettext
from ...meetings.models import MeetingState
from ..models import Question, Treatment
from ..queries import course as courses
from .blueprint import bp


@bp.app_template_filter("question_course")
def course(question: Question) -> list[Treatment]:
    """The treatments at meetings the reader may read, in the order of the meetings."""
    return courses.course(question, me())


@bp.app_template_filter("question_course_told")
def told(treatments: list[Treatment]) -> str:
    """`Behandlad vid 7 träffar, senast för 7 månader sedan`; cancelled meetings are none of them."""
    now = clock.now()
    meetings = {treatment.agenda_item.meeting for treatment in treatments}
    past = {m for m in meetings if m.starts_at <= now and m.state is not MeetingState.CANCELLED}
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
