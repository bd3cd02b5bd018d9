"""Opening a thread, changing its terms, and what has been discussed under such a title before."""

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number, options
from ...core.language import gettext, language
from ...core.policy import Permission
from ...core.text import tidy
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ...questions import queries as questions
from ...questions.models import Question
from ...themes import queries as themes
from .. import queries
from ..forms import TermsForm, ThreadEditForm, ThreadForm
from ..models import Audience, Place, Thread
from ..queries import similar
from ..services import drafts, opening
from .blueprint import bp
from .drafts import filled

LONGEST_TITLE = 160


def theme_choices() -> list[tuple[str, str]]:
    return [(theme.slug, theme.name(language())) for theme in themes.themes()]


def _form(meeting: Meeting) -> tuple[ThreadForm, dict[str, Question]]:
    """The form with what can be chosen in it, and the questions of the meeting by their choice."""
    form = ThreadForm()
    form.theme.choices = options([("", gettext("Välj ett tema")), *theme_choices()])
    asked = {str(treatment.question_id): treatment.question for treatment in questions.of_meeting(meeting.id)}
    named = [(key, question.title) for key, question in asked.items()]
    form.question.choices = options([("", gettext("Ingen särskild fråga")), *named])
    return form, asked


def _terms(form: TermsForm) -> opening.Terms:
    return opening.Terms(
        title=form.title.data or "",
        introduction=form.introduction.data,
        theme=themes.theme(form.theme.data),
        write_first=form.write_first.data,
        for_guests=form.for_guests.data,
    )


@bp.get("/meetings/<string:slug>/threads/new")
@requires(Permission.THREAD_OPEN, find=meetings.meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    return _new(meeting, _form(meeting)[0])


def _new(meeting: Meeting, form: ThreadForm, found: list[similar.Alike] | None = None) -> str:
    kept = filled(form, Place.THREAD, meeting.id)
    return render_template("threads/new.html", meeting=meeting, form=form, kept=kept, similar=found or [])


@bp.post("/meetings/<string:slug>/threads")
@requires(Permission.THREAD_OPEN, find=meetings.meeting)
def open_thread(meeting: Meeting) -> ResponseReturnValue:
    """Open it; what has been discussed under much the same title must first have been shown."""
    form, asked = _form(meeting)
    if not form.validate():
        return _new(meeting, form), 422
    known = request.form.get("anyway", "").split()
    found = similar.alike(me(), form.title.data or "")
    if any(each.key not in known for each in found):
        return _new(meeting, form, found), 422
    try:
        thread = opening.open_thread(
            meeting,
            me(),
            _terms(form),
            audience=Audience(form.audience.data),
            question=asked.get(form.question.data),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _new(meeting, form, found), refusal.status
    drafts.spend(me(), Place.THREAD, meeting.id, request.form)
    db.session.commit()
    flash_done(gettext("Tråden är öppnad."))
    return redirect(url_for("threads.show", thread_id=thread.id), 303)


@bp.get("/threads/similar", endpoint="similar")
@requires(Permission.THREAD_LIST)
def similar_titles() -> ResponseReturnValue:
    """A piece of a page for the form, while the title is being written; empty when nothing is alike."""
    title = tidy(request.args.get("title", "")[:LONGEST_TITLE])
    found = similar.alike(me(), title)
    return jsonify(html=render_template("threads/_similar.html", similar=found) if found else "")


@bp.get("/threads/<int:thread_id>/edit")
@requires(Permission.THREAD_EDIT, find=queries.thread)
def edit_thread(thread: Thread) -> ResponseReturnValue:
    names = ("title", "introduction", "write_first", "for_guests", "version")
    kept = {name: getattr(thread, name) for name in names} | {"theme": thread.theme.slug}
    return _edit(thread, ThreadEditForm(formdata=None, data=kept))


def _edit(thread: Thread, form: ThreadEditForm, theirs: Any = None) -> str:
    form.theme.choices = options(theme_choices())
    return render_template("threads/edit_thread.html", thread=thread, form=form, theirs=theirs)


@bp.post("/threads/<int:thread_id>/revisions")
@requires(Permission.THREAD_EDIT, find=queries.thread)
def revise_thread(thread: Thread) -> ResponseReturnValue:
    form = ThreadEditForm()
    form.theme.choices = options(theme_choices())
    if not form.validate():
        return _edit(thread, form), 422
    try:
        opening.revise(thread, me(), _terms(form), version=_version(form))
    except Refusal as refusal:
        if refusal.status != 409:
            add_refusal(form, refusal)
            return _edit(thread, form), refusal.status
        # Sent again, the form then replaces what the reader has been shown.
        form.version.data = str(thread.version)
        return _edit(thread, form, theirs=thread), 409
    db.session.commit()
    flash_done(gettext("Trådens villkor är ändrade."))
    return redirect(url_for("threads.show", thread_id=thread.id), 303)


def _version(form: ThreadEditForm) -> int:
    try:
        return number(form.version.data or "")
    except ValueError:
        return 0
