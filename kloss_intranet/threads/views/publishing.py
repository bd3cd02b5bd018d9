"""Opening a planned meeting to the network, with threads about what it will treat."""

from collections.abc import Iterator

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import Form, options
from ...core.language import gettext, language
from ...core.policy import Permission
from ...meetings import queries as meetings
from ...meetings.models import Meeting, MeetingState
from ...questions.models import Question
from ...themes import queries as themes
from .. import notifications
from ..forms import publication_form
from ..queries import opening as matters
from ..services import opening
from .blueprint import bp


def _form(meeting: Meeting) -> tuple[Form, list[matters.Matter]]:
    """A line for each theme and question; ticked where there is no thread about it yet."""
    every = {theme.id: theme for theme in themes.themes()}
    names = options([(theme.slug, theme.name(language())) for theme in every.values()])
    found = matters.matters(meeting, language())
    asked = {matter.key for matter in found if matter.question}
    form = publication_form([matter.key for matter in found], asked, names)
    if not form.is_submitted():
        for matter in found:
            form[f"open_{matter.key}"].data = matter.present is None
            form[f"title_{matter.key}"].data = matter.title
            if matter.key in asked and matter.theme_id is not None:
                form[f"theme_{matter.key}"].data = every[matter.theme_id].slug
    return form, found


def _page(meeting: Meeting, form: Form, found: list[matters.Matter]) -> str:
    return render_template("threads/publish_meeting.html", meeting=meeting, form=form, matters=found)


def _is_open(meeting: Meeting) -> ResponseReturnValue | None:
    """The way back from a meeting that has been opened, by an earlier press or by somebody else."""
    if meeting.state is not MeetingState.OPEN:
        return None
    flash_done(gettext("Träffen är öppen för nätverket."))
    return redirect(url_for("meetings.show", slug=meeting.slug), 303)


@bp.get("/meetings/<string:slug>/publish")
@requires(Permission.MEETING_PUBLISH, find=meetings.meeting)
def publish_meeting(meeting: Meeting) -> ResponseReturnValue:
    if meeting.state is not MeetingState.PLANNED:
        return redirect(url_for("meetings.show", slug=meeting.slug), 303)
    return _page(meeting, *_form(meeting))


@bp.post("/meetings/<string:slug>/publications")
@requires(Permission.MEETING_PUBLISH, find=meetings.meeting)
def open_meeting(meeting: Meeting) -> ResponseReturnValue:
    if (way := _is_open(meeting)) is not None:
        return way
    form, found = _form(meeting)
    if not form.validate() and meeting.state is MeetingState.PLANNED:
        return _page(meeting, form, found), 422
    threads = opening.publish_meeting(meeting, me(), list(_chosen(form, found)))
    notifications.tell_of_publication(meeting, threads, me().member_id)
    db.session.commit()
    return _is_open(meeting) or redirect(url_for("meetings.show", slug=meeting.slug), 303)


def _chosen(form: Form, found: list[matters.Matter]) -> Iterator[tuple[opening.Terms, Question | None]]:
    every = {theme.id: theme for theme in themes.themes()}
    by_slug = {theme.slug: theme for theme in every.values()}
    for matter in found:
        if form[f"open_{matter.key}"].data:
            terms = opening.Terms(
                title=form[f"title_{matter.key}"].data,
                introduction=None,
                theme=by_slug.get(form[f"theme_{matter.key}"].data)
                if matter.question
                else every.get(matter.theme_id or 0),
                write_first=form[f"first_{matter.key}"].data,
            )
            yield terms, matter.question
