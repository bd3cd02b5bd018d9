"""A meeting's folders: all on one page, each on a page of its own, and as a part of the meeting's page."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import slots
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, options
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.text import tidy
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting, MeetingState
from .. import queries
from ..forms import READERS, FolderForm, MaterialForm, NameForm
from ..models import Folder, Material, Readers
from ..services import folders as services
from .blueprint import bp

LONGEST_WORDS = 100
Filled = list[tuple[Folder, list[Material]]]


@bp.get("/meetings/<string:slug>/materials")
@requires(Permission.MEETING_READ, find=meetings.meeting)
def index(meeting: Meeting) -> str:
    wanted = request.args.get("readers")
    form = _folder_form(formdata=None)
    form.readers.data = wanted if wanted in set(Readers) else form.readers.data
    return _index(meeting, form)


@bp.post("/meetings/<string:slug>/material-folders")
@requires(Permission.FOLDER_MAKE, find=meetings.meeting)
def make_folder(meeting: Meeting) -> ResponseReturnValue:
    form = _folder_form()
    if not form.validate():
        return _index(meeting, form), 422
    try:
        folder = services.make_folder(
            meeting, form.name.data or "", Readers(form.readers.data), me().member_id
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _index(meeting, form), refusal.status
    db.session.commit()
    flash_done(gettext("Mappen finns nu. Lägg in filer i den här."))
    return redirect(url_for("materials.folder", folder_id=folder.id), 303)


@bp.get("/material-folders/<int:folder_id>")
@requires(Permission.FOLDER_READ, find=queries.folder)
def folder(folder: Folder) -> str:
    return shown(folder)


def shown(folder: Folder, form: MaterialForm | None = None, name_form: NameForm | None = None) -> str:
    """The folder's page; a form that has been sent stands in it with what it was told."""
    reader = me()
    return render_template(
        "materials/folder.html",
        folder=folder,
        meeting=folder.meeting,
        materials=queries.readable(folder, reader),
        withdrawn=queries.withdrawn(folder, reader),
        readers=dict(READERS),
        form=form or MaterialForm(formdata=None),
        name_form=_with_name(name_form or NameForm(formdata=None, name=folder.name), folder),
        failed=bool((form and form.errors) or (name_form and name_form.errors)),
    )


def _with_name(form: NameForm, folder: Folder) -> NameForm:
    """The form goes with the name that the page shows."""
    form.was.data = folder.name
    return form


@slots.fills("meeting.materials")
def _of_meeting(meeting: Meeting) -> str:
    filled, makes = _filled(meeting), may(me(), Permission.FOLDER_MAKE, meeting)
    if not filled and not makes:
        return ""
    is_ahead = meeting.state in (MeetingState.PLANNED, MeetingState.OPEN)
    has_guests = is_ahead and any(item.guests for item in meeting.agenda)
    is_shared = any(folder.readers is Readers.GUESTS for folder, _ in filled)
    return render_template(
        "materials/_of_meeting.html",
        meeting=meeting,
        filled=filled,
        guests_lack=makes and has_guests and not is_shared,
    )


def _filled(meeting: Meeting, words: str = "") -> Filled:
    """The folders with what is in them; an empty one is for those who may fill it, when nothing is sought."""
    reader = me()
    found = [(one, queries.readable(one, reader, words)) for one in queries.folders(meeting, reader)]
    return [
        (one, files)
        for one, files in found
        if files or (not words and may(reader, Permission.FOLDER_FILL, one))
    ]


def _index(meeting: Meeting, form: FolderForm) -> str:
    words = tidy(request.args.get("q", ""))[:LONGEST_WORDS]
    return render_template(
        "materials/index.html",
        meeting=meeting,
        filled=_filled(meeting, words),
        words=words,
        form=form,
        readers=dict(READERS),
    )


def _folder_form(**given: Any) -> FolderForm:
    """Only those who read a folder for the steering group may make one."""
    form = FolderForm(**given)
    if not me().in_steering:
        form.readers.choices = options(pair for pair in READERS if pair[0] != Readers.STEERING.value)
    return form
