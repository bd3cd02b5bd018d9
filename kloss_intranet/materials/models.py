"""Folders of a meeting, and the files in them, each in one or more versions."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core import clock
from ..core.db import Base, choice, link
from ..files.models import StoredFile
from ..meetings.models import Meeting
from ..members.models import Member


class Readers(enum.StrEnum):
    """Who may see a folder; each includes those before it."""

    STEERING = "steering"
    MEMBERS = "members"
    GUESTS = "guests"


class Folder(Base):
    __tablename__ = "material_folders"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    name: Mapped[str]
    readers: Mapped[Readers] = mapped_column(choice(Readers))

    meeting: Mapped[Meeting] = link()
    materials: Mapped[list["Material"]] = link(order_by="Material.id", back_populates="folder")

    @property
    def known_at(self) -> datetime:
        """When the folder is counted as known, for those who read only up to a day."""
        return self.meeting.known_at


class Material(Base):
    """Not shown before `not_before`, except to those who may change it."""

    __tablename__ = "materials"

    id: Mapped[int] = mapped_column(primary_key=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey("material_folders.id"), index=True)
    title: Mapped[str]
    not_before: Mapped[datetime | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    folder: Mapped[Folder] = link(back_populates="materials")
    added_by: Mapped[Member] = link()
    versions: Mapped[list["MaterialVersion"]] = link(
        order_by="MaterialVersion.number", back_populates="material"
    )

    @property
    def is_out(self) -> bool:
        """Whether readers may have it now."""
        waits = self.not_before is not None and self.not_before > clock.now()
        return self.withdrawn_at is None and not waits

    @property
    def readers(self) -> Readers:
        return self.folder.readers

    @property
    def meeting(self) -> Meeting:
        return self.folder.meeting

    @property
    def meeting_id(self) -> int:
        return self.folder.meeting_id

    @property
    def member_id(self) -> int:
        return self.added_by_id

    @property
    def known_at(self) -> datetime:
        """When what is in it now came, for those who read only up to a day."""
        return max(self.folder.known_at, self.versions[-1].added_at)


class MaterialVersion(Base):
    __tablename__ = "material_versions"
    __table_args__ = (UniqueConstraint("material_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"))
    number: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    name: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    added_at: Mapped[datetime]

    material: Mapped[Material] = link(back_populates="versions")
    file: Mapped[StoredFile] = link()
    member: Mapped[Member] = link()
