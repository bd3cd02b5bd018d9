"""Files in folders: laid in, fetched, replaced, described, withdrawn and put back."""

from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.download import download
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission
from ...core.security import takes_files
from ...core.words import Refusal
from ...files.services.keeping import place_of
from .. import queries
from ..forms import MaterialForm, TermsForm, VersionForm
from ..models import Folder, Material, MaterialVersion
from ..services import files as services
from .blueprint import bp
from .folders import shown


@bp.post("/material-folders/<int:folder_id>/materials")
@takes_files
@requires(Permission.FOLDER_FILL, find=queries.folder)
def add(folder: Folder) -> ResponseReturnValue:
    form = MaterialForm()
    if not form.validate():
        return shown(folder, form), 422
    given = form.file.data
    try:
        services.add(
            folder,
            given.filename,
            given.stream,
            _place(),
            me().member_id,
            title=form.title.data or "",
            not_before=form.since(folder.meeting.time_zone),
        )
    except Refusal as refusal:
        _say(form, refusal)
        return shown(folder, form), refusal.status
    return _done(folder.id, gettext("Filen ligger i mappen."))


@bp.get("/materials/<int:material_id>")
@requires(Permission.MATERIAL_READ, find=queries.material)
def fetch(material: Material) -> ResponseReturnValue:
    return _sent(material.versions[-1])


@bp.get("/materials/<int:material_id>/versions/<int:number>")
@requires(Permission.MATERIAL_READ, find=queries.material)
def fetch_version(material: Material) -> ResponseReturnValue:
    wanted = (request.view_args or {})["number"]
    return _sent(next(version for version in material.versions if version.number == wanted))


@bp.get("/materials/<int:material_id>/edit")
@requires(Permission.MATERIAL_EDIT, find=queries.material)
def edit(material: Material) -> ResponseReturnValue:
    return _page(material)


@bp.post("/materials/<int:material_id>/terms")
@requires(Permission.MATERIAL_EDIT, find=queries.material)
def describe(material: Material) -> ResponseReturnValue:
    form = TermsForm()
    if not form.validate():
        return _page(material, form), 422
    try:
        since = form.since(material.folder.meeting.time_zone)
        services.describe(material, form.title.data or "", since, form.was.data or "", me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(material, form), refusal.status
    return _done(material.folder_id, gettext("Ändringen är sparad."))


@bp.post("/materials/<int:material_id>/versions")
@takes_files
@requires(Permission.MATERIAL_EDIT, find=queries.material)
def replace(material: Material) -> ResponseReturnValue:
    form = VersionForm()
    if not form.validate():
        return _page(material, version_form=form), 422
    given = form.file.data
    try:
        services.replace(material, given.filename, given.stream, _place(), me().member_id)
    except Refusal as refusal:
        _say(form, refusal)
        return _page(material, version_form=form), refusal.status
    return _done(material.folder_id, gettext("Den nya versionen är bifogad. De tidigare finns kvar."))


@bp.post("/materials/<int:material_id>/withdrawals")
@requires(Permission.MATERIAL_EDIT, find=queries.material)
def withdraw(material: Material) -> ResponseReturnValue:
    services.withdraw(material, me().member_id)
    return _done(material.folder_id, gettext("Filen är tillbakadragen. Det går att ångra längst ned."))


@bp.post("/materials/<int:material_id>/restorations")
@requires(Permission.MATERIAL_EDIT, find=queries.material)
def restore(material: Material) -> ResponseReturnValue:
    services.restore(material, me().member_id)
    return _done(material.folder_id, gettext("Filen finns i mappen igen."))


def _place() -> Path:
    place: Path = current_app.config["SETTINGS"].files
    return place


def _sent(version: MaterialVersion) -> ResponseReturnValue:
    return download(place_of(version.file.digest, _place()), version.file.media_type, version.name)


def _say(form: MaterialForm | VersionForm, refusal: Refusal) -> None:
    """What files say of `files` is about the one field there is here."""
    refusal.field = "file" if refusal.field == "files" else refusal.field
    add_refusal(form, refusal)


def _page(material: Material, form: TermsForm | None = None, version_form: VersionForm | None = None) -> str:
    since = material.not_before and material.not_before.astimezone(
        ZoneInfo(material.folder.meeting.time_zone)
    )
    return render_template(
        "materials/edit.html",
        material=material,
        folder=material.folder,
        meeting=material.folder.meeting,
        mark=services.mark(material),
        form=form or TermsForm(formdata=None, title=material.title, not_before=since),
        version_form=version_form or VersionForm(formdata=None),
    )


def _done(folder_id: int, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash_done(sentence)
    return redirect(url_for("materials.folder", folder_id=folder_id), 303)
