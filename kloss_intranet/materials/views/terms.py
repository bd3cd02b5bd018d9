"""What a folder is called, who reads it, and taking it away while it is empty."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from .. import queries
from ..forms import READERS, NameForm, ReadersForm
from ..models import Folder, Readers
from ..services import folders as services
from .blueprint import bp
from .folders import shown

REACH = {Readers.STEERING: 0, Readers.MEMBERS: 1, Readers.GUESTS: 2}
"""Each sees what those before it are shut out of."""


@bp.post("/material-folders/<int:folder_id>/names")
@requires(Permission.FOLDER_EDIT, find=queries.folder)
def rename(folder: Folder) -> ResponseReturnValue:
    form = NameForm()
    if not form.validate():
        return shown(folder, name_form=form), 422
    try:
        services.rename_folder(folder, form.name.data or "", form.was.data or "", me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return shown(folder, name_form=form), refusal.status
    db.session.commit()
    flash_done(gettext("Mappen heter nu %(name)s.", name=folder.name))
    return redirect(url_for("materials.folder", folder_id=folder.id), 303)


@bp.get("/material-folders/<int:folder_id>/readers")
@requires(Permission.FOLDER_EDIT, find=queries.folder)
def readers(folder: Folder) -> str:
    """First the choice, and when that is made what it comes to."""
    return _readers(folder, _readers_form(formdata=request.args))


@bp.post("/material-folders/<int:folder_id>/readers")
@requires(Permission.FOLDER_EDIT, find=queries.folder)
def change_readers(folder: Folder) -> ResponseReturnValue:
    form = _readers_form()
    if not form.validate():
        return _readers(folder, form), 422
    try:
        services.change_readers(folder, Readers(form.readers.data), form.was.data or "", me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _readers(folder, form), refusal.status
    db.session.commit()
    flash_done(gettext("Mappen läses nu av: %(readers)s.", readers=str(dict(READERS)[folder.readers.value])))
    return redirect(url_for("materials.folder", folder_id=folder.id), 303)


@bp.get("/material-folders/<int:folder_id>/remove")
@requires(Permission.FOLDER_EDIT, find=queries.folder)
def remove(folder: Folder) -> str:
    return render_template("materials/remove.html", folder=folder, meeting=folder.meeting)


@bp.post("/material-folders/<int:folder_id>/removals")
@requires(Permission.FOLDER_EDIT, find=queries.folder)
def make_removal(folder: Folder) -> ResponseReturnValue:
    to = url_for("materials.index", slug=folder.meeting.slug)
    services.remove(folder, me().member_id)
    db.session.commit()
    flash_done(gettext("Mappen är borttagen."))
    return redirect(to, 303)


def _readers_form(**given: object) -> ReadersForm:
    form = ReadersForm(**given)
    form.readers.choices = options(pair for pair in READERS if pair[0] in _offered())
    return form


def _offered() -> set[str]:
    """Whom a folder may be opened or narrowed to by the one who asks."""
    return {one.value for one in Readers if me().in_steering or one is not Readers.STEERING}


def _readers(folder: Folder, form: ReadersForm) -> str:
    """With a choice made, who gains and who loses sight of the folder stands there to be agreed to."""
    wanted = Readers(form.readers.data) if form.readers.data in _offered() else None
    chosen = wanted if wanted is not folder.readers else None
    form.readers.data, form.was.data = wanted or folder.readers.value, folder.readers.value
    return render_template(
        "materials/readers.html",
        folder=folder,
        meeting=folder.meeting,
        form=form,
        chosen=chosen,
        gains=bool(chosen and REACH[chosen] > REACH[folder.readers]),
        number=sum(1 for one in folder.materials if one.withdrawn_at is None),
        readers=dict(READERS),
    )
