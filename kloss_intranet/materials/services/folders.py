"""Making folders, and naming, opening, narrowing and removing them."""

from sqlalchemy import delete, func, select

from ...audit.services import record
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import Meeting
from ..models import Folder, Material, Readers

LONGEST_NAME = 120

TAKEN = text("Det finns redan en mapp som heter %(name)s.")
RENAMED = text("Mappen har bytt namn till %(name)s sedan du öppnade sidan.")
OTHERS = text("Någon annan har ändrat vilka som läser mappen sedan du öppnade sidan. Läs igenom igen.")
FILLED = text("Mappen är inte tom, så den kan inte tas bort. Också tillbakadragna filer ligger kvar i den.")
GONE = text("Mappen finns inte längre.")


def make_folder(meeting: Meeting, name: str, readers: Readers, by: int) -> Folder:
    """A folder after the meeting's others. Raises Refusal when readers alike have one of that name."""
    name = one_line(name)
    # One at a time for a meeting, so that positions are given once; SQLite does so anyway.
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
    _check_name(meeting.id, name, readers)
    last = select(func.max(Folder.position)).where(Folder.meeting_id == meeting.id)
    position = (db.session.scalar(last) or 0) + 1
    folder = Folder(meeting_id=meeting.id, position=position, name=name, readers=readers)
    db.session.add(folder)
    db.session.flush()
    record("folder:make", f"folder:{folder.id}", by, meeting=meeting.slug, readers=readers)
    return folder


def rename_folder(folder: Folder, name: str, was: str, by: int) -> None:
    """Give the folder another name. Raises Refusal when it is taken, or the old one is no longer `was`."""
    name = one_line(name)
    _lock(folder)
    if folder.name == name:
        return
    if folder.name != was:
        raise Refusal(RENAMED, field="name", status=409, name=folder.name)
    _check_name(folder.meeting_id, name, folder.readers)
    folder.name = name
    record("folder:rename", f"folder:{folder.id}", by, before={"name": was}, after={"name": name})


def change_readers(folder: Folder, readers: Readers, was: str, by: int) -> None:
    """Let others read the folder and all that lies in it.

    Raises Refusal when it was read by others than `was` by now, or its name is taken among the new ones.
    """
    _lock(folder)
    if folder.readers is readers:
        return
    if folder.readers != was:
        raise Refusal(OTHERS, status=409)
    _check_name(folder.meeting_id, folder.name, readers)
    folder.readers = readers
    record("folder:readers", f"folder:{folder.id}", by, before={"readers": was}, after={"readers": readers})


def remove(folder: Folder, by: int) -> None:
    """Take away a folder that nothing has been laid into. Raises Refusal when something has."""
    _lock(folder)
    if db.session.scalar(select(func.count()).where(Material.folder_id == folder.id)):
        raise Refusal(FILLED, status=409)
    gone = delete(Folder).where(Folder.id == folder.id)
    db.session.execute(gone.execution_options(synchronize_session=False))
    record("folder:remove", f"folder:{folder.id}", by, meeting=folder.meeting.slug)


def one_line(name: str) -> str:
    return " ".join(name.split())


def _lock(folder: Folder) -> None:
    """One change of the folder at a time, made to what it is by now."""
    if db.session.scalar(select(Folder.id).where(Folder.id == folder.id).with_for_update()) is None:
        raise Refusal(GONE, status=409)
    db.session.refresh(folder, ["name", "readers"])


def _check_name(meeting_id: int, name: str, readers: Readers) -> None:
    """A name is taken among folders with the same readers only, so that none tells of another."""
    alike = (Folder.meeting_id == meeting_id, Folder.readers == readers, Folder.name == name)
    if db.session.scalar(select(Folder.id).where(*alike)) is not None:
        raise Refusal(TAKEN, field="name", status=409, name=name)
