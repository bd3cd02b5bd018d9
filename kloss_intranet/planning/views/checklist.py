"""What the hosts of a meeting have to do, counted back from its first day."""

from datetime import date
from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ..forms import TaskForm
from ..models import HostTask
from ..services import tasks, times, turns
from .blueprint import bp
from .typed import found, named, within


@bp.get("/meetings/<string:slug>/checklist")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def checklist(meeting: Meeting) -> ResponseReturnValue:
    return _list(meeting, TaskForm(formdata=None))


def _list(meeting: Meeting, form: TaskForm) -> str:
    rows = [
        (task, tasks.due_on(task, meeting), tasks.is_overdue(task, meeting))
        for task in tasks.of_meeting(meeting)
    ]
    return render_template(
        "planning/checklist.html",
        meeting=meeting,
        form=form,
        rows=rows,
        latest=None if rows else tasks.latest_list(meeting),
    )


def _back(meeting: Meeting, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("planning.checklist", slug=meeting.slug, _anchor=anchor), 303)


@bp.post("/meetings/<string:slug>/checklists")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def begin_checklist(meeting: Meeting) -> ResponseReturnValue:
    """The first list, or what the last host left."""
    copied = tasks.latest_list(meeting) if request.form.get("from") == "previous" else None
    tasks.begin(meeting, copied, me().member_id)
    db.session.commit()
    flash_done(gettext("Checklistan är skapad. Ändra den så att den passar er."))
    return _back(meeting)


@bp.post("/meetings/<string:slug>/tasks")
@requires(Permission.MEETING_ARRANGE, find=meetings.meeting)
def add_task(meeting: Meeting) -> ResponseReturnValue:
    form = TaskForm()
    try:
        done = form.validate() and _put(meeting, None, form)
    except Refusal as refusal:
        add_refusal(form, refusal)
        done = False
    if not done:
        return _list(meeting, form), 422
    flash_done(gettext("Uppgiften är tillagd."))
    return _back(meeting)


def _put(meeting: Meeting, task: HostTask | None, form: TaskForm) -> bool:
    """Keep what the form says. Raises Refusal."""
    due = cast(date, form.due.data)
    times.in_time(due, "due")
    tasks.put(
        meeting,
        task,
        title=form.title.data or "",
        due=due,
        responsible=form.responsible.data,
        seen=form.seen.data or "",
        by=me().member_id,
    )
    db.session.commit()
    return True


@bp.get("/meetings/<string:slug>/tasks/<int:task_id>/edit")
@requires(Permission.MEETING_ARRANGE, find=within)
def edit_task(meeting: Meeting) -> ResponseReturnValue:
    task: HostTask = named(tasks.of_meeting(meeting), "task_id")
    return _edit(meeting, task, _form(meeting, task))


def _form(meeting: Meeting, task: HostTask) -> TaskForm:
    """The line as it stands."""
    # A text that came with the list is shown in the reader's language, and kept so once it is changed.
    known = {
        "title": gettext(task.title),
        "due": tasks.due_on(task, meeting),
        "responsible": task.responsible,
        "seen": tasks.mark(task, meeting),
    }
    return TaskForm(formdata=None, data=known)


def _edit(meeting: Meeting, task: HostTask, form: TaskForm, is_clash: bool = False) -> str:
    stored = {"due": tasks.due_on(task, meeting), "mark": tasks.mark(task, meeting)}
    return render_template(
        "planning/edit_task.html", meeting=meeting, task=task, form=form, is_clash=is_clash, **stored
    )


@bp.post("/meetings/<string:slug>/tasks/<int:task_id>/revisions")
@requires(Permission.MEETING_ARRANGE, find=within)
def revise_task(meeting: Meeting) -> ResponseReturnValue:
    form, task = TaskForm(), found(tasks.of_meeting(meeting), "task_id")
    if task is None:
        return _gone(meeting, form), 409
    try:
        if not form.validate():
            return _edit(meeting, task, form), 422
        _put(meeting, task, form)
    except turns.Clash as clash:
        # Sent again, the form replaces what the reader has now been shown.
        form.seen.data = tasks.mark(task, meeting)
        return _edit(meeting, task, form, is_clash=True), clash.status
    except turns.Gone:
        return _gone(meeting, form), 409
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _edit(meeting, task, form), 422
    flash_done(gettext("Uppgiften är ändrad."))
    return _back(meeting, f"task-{task.id}")


def _gone(meeting: Meeting, form: TaskForm) -> str:
    """The list, with what was typed about a line that is there no more."""
    add_refusal(form, turns.Gone())
    return _list(meeting, form)


@bp.post("/meetings/<string:slug>/tasks/<int:task_id>/ticks")
@requires(Permission.MEETING_ARRANGE, find=within)
def tick_task(meeting: Meeting) -> ResponseReturnValue:
    task: HostTask = named(tasks.of_meeting(meeting), "task_id")
    tasks.tick(meeting, task, request.form.get("done") == "yes", me().member_id)
    db.session.commit()
    return _back(meeting, f"task-{task.id}")


@bp.post("/meetings/<string:slug>/tasks/<int:task_id>/removals")
@requires(Permission.MEETING_ARRANGE, find=within)
def remove_task(meeting: Meeting) -> ResponseReturnValue:
    task: HostTask = named(tasks.of_meeting(meeting), "task_id")
    try:
        tasks.remove(meeting, task, request.form.get("seen", ""), me().member_id)
    except turns.Clash as clash:
        return _edit(meeting, task, _form(meeting, task), is_clash=True), clash.status
    db.session.commit()
    flash_done(gettext("Uppgiften är borttagen."))
    return _back(meeting)
