"""Laying files into folders, and taking them away so that it shows."""

from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import func, select

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...files.services.keeping import store
from ...files.services.names import tidy_name
from ..models import Folder, Material, MaterialVersion
from .folders import GONE as FOLDER_GONE
from .folders import one_line

MOST_FILES = 200
"""Files in a folder, with those that have been withdrawn: they are kept, and can come back."""
MOST_VERSIONS = 50

FULL = text("En mapp kan ha högst %(most)d filer, de tillbakadragna inräknade.")
WORN = text("Filen har redan %(most)d versioner. Lägg in den som en ny fil.")
CHANGED = text(
    "Filen har ändrats sedan du öppnade sidan. Här står det du skrev. Spara igen om det ska gälla."
)
GONE = text("Filen är tillbakadragen. Ångra det först.")


def add(
    folder: Folder,
    given: str | None,
    stream: IO[bytes],
    place: Path,
    by: int,
    *,
    title: str = "",
    not_before: datetime | None = None,
) -> Material:
    """Lay a file into the folder; without a title it is called as the file is. Raises Refusal."""
    name = tidy_name(given)
    if db.session.scalar(select(Folder.id).where(Folder.id == folder.id).with_for_update()) is None:
        raise Refusal(FOLDER_GONE, field="file", status=409)
    number = select(func.count()).where(Material.folder_id == folder.id)
    if (db.session.scalar(number) or 0) >= MOST_FILES:
        raise Refusal(FULL, field="file", most=MOST_FILES)
    file = store(stream, name, place)
    material = Material(
        folder_id=folder.id,
        title=one_line(title) or name.rpartition(".")[0] or name,
        not_before=not_before,
        added_by_id=by,
        added_at=clock.now(),
    )
    db.session.add(material)
    db.session.flush()
    _version(material, 1, file.id, name, by)
    record("material:add", f"material:{material.id}", by, folder=folder.id)
    return material


def replace(material: Material, given: str | None, stream: IO[bytes], place: Path, by: int) -> None:
    """A new version of the file; the earlier ones stay. Raises Refusal."""
    name = tidy_name(given)
    _check_kept(material)
    last = select(func.max(MaterialVersion.number)).where(MaterialVersion.material_id == material.id)
    number = (db.session.scalar(last) or 0) + 1
    if number > MOST_VERSIONS:
        raise Refusal(WORN, field="file", most=MOST_VERSIONS)
    file = store(stream, name, place)
    _version(material, number, file.id, name, by)
    record("material:replace", f"material:{material.id}", by, number=number)


def mark(material: Material) -> str:
    """The terms of the file as they are, to be held against what somebody saw."""
    since = material.not_before.isoformat() if material.not_before else ""
    return f"{since} {material.title}"


def describe(material: Material, title: str, not_before: datetime | None, was: str, by: int) -> None:
    """Say what the file is called and from when it is shown. Raises Refusal when it is not as it `was`."""
    _check_kept(material)
    db.session.refresh(material, ["title", "not_before"])
    if mark(material) != was:
        raise Refusal(CHANGED, status=409)
    before = {"title": material.title, "not_before": material.not_before}
    material.title, material.not_before = one_line(title), not_before
    after = {"title": material.title, "not_before": not_before}
    record("material:describe", f"material:{material.id}", by, before=before, after=after)


def withdraw(material: Material, by: int) -> None:
    """Take the file away from its readers; its rows stay."""
    if material.withdrawn_at is None:
        material.withdrawn_at = clock.now()
        record("material:withdraw", f"material:{material.id}", by)


def restore(material: Material, by: int) -> None:
    """Let the file be had again."""
    if material.withdrawn_at is not None:
        material.withdrawn_at = None
        record("material:restore", f"material:{material.id}", by)


def _check_kept(material: Material) -> None:
    """Also against one who withdraws it at the same time; new versions queue here as well."""
    row = select(Material.withdrawn_at).where(Material.id == material.id).with_for_update()
    if db.session.scalar(row) is not None:
        raise Refusal(GONE, field="file", status=409)


def _version(material: Material, number: int, file_id: int, name: str, by: int) -> None:
    db.session.add(
        MaterialVersion(
            material_id=material.id,
            number=number,
            file_id=file_id,
            name=name,
            member_id=by,
            added_at=clock.now(),
        )
    )
    db.session.flush()
