"""Finding a meeting's folders and files; who may see which of them is asked of the policy."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import immediateload, joinedload, selectinload

from ..core.db import db
from ..core.policy import Actor, Permission, may
from ..meetings.models import Host, Meeting
from .models import Folder, Material, MaterialVersion

NAMED = joinedload(Folder.meeting).selectinload(Meeting.hosts).joinedload(Host.institution)
FILES = selectinload(Folder.materials)
WHOLE = (
    FILES.selectinload(Material.versions).joinedload(MaterialVersion.file),
    FILES.selectinload(Material.versions).joinedload(MaterialVersion.member),
    FILES.joinedload(Material.added_by),
    FILES.immediateload(Material.folder),
)


def folder(folder_id: int) -> Folder | None:
    """The folder with its meeting and all that lies in it."""
    return db.session.scalar(select(Folder).where(Folder.id == folder_id).options(NAMED, *WHOLE))


def folders(meeting: Meeting, reader: Actor) -> list[Folder]:
    """The folders of the meeting, which comes with its hosts, that `reader` may see; in their order."""
    of_meeting = select(Folder).where(Folder.meeting_id == meeting.id).order_by(Folder.position)
    found = db.session.scalars(of_meeting.options(immediateload(Folder.meeting), *WHOLE)).all()
    return [one for one in found if may(reader, Permission.FOLDER_READ, one)]


def readable(one: Folder, reader: Actor, words: str = "") -> list[Material]:
    """What of the folder `reader` may have now; with `words`, that whose title or file is named so."""
    return [
        material
        for material in one.materials
        if may(reader, Permission.MATERIAL_READ, material) and words.casefold() in _names(material)
    ]


def withdrawn(one: Folder, reader: Actor) -> list[Material]:
    """What of the folder has been withdrawn and `reader` may put back."""
    return [
        material
        for material in one.materials
        if material.withdrawn_at is not None and may(reader, Permission.MATERIAL_EDIT, material)
    ]


def material(material_id: int, number: int | None = None) -> Material | None:
    """The file with its versions and folder; None too when it has no version `number`."""
    found = db.session.scalar(
        select(Material)
        .where(Material.id == material_id)
        .options(
            joinedload(Material.folder).options(NAMED),
            selectinload(Material.versions).joinedload(MaterialVersion.file),
            selectinload(Material.versions).joinedload(MaterialVersion.member),
            joinedload(Material.added_by),
        )
    )
    if found and number is not None and all(version.number != number for version in found.versions):
        return None
    return found


def _names(material: Material) -> str:
    versions: Sequence[MaterialVersion] = material.versions
    return "\n".join([material.title, *(version.name for version in versions)]).casefold()
