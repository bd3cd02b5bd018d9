"""Minutes by agenda item with their earlier wordings, and what a meeting is closed with."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, link
from ..meetings.models import AgendaItem, Meeting
from ..members.models import Member


class Entry(Base):
    """What was said under one agenda item; without an item, about the meeting as a whole."""

    __tablename__ = "minutes_entries"
    __table_args__ = (UniqueConstraint("meeting_id", "agenda_item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    body: Mapped[str]
    body_html: Mapped[str]
    policy: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    meeting: Mapped[Meeting] = link()
    agenda_item: Mapped[AgendaItem | None] = link()
    written_by: Mapped[Member] = link()


class EntryRevision(Base):
    """An earlier wording of an entry."""

    __tablename__ = "minutes_revisions"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("minutes_entries.id"))
    number: Mapped[int]
    body: Mapped[str]
    body_html: Mapped[str]
    policy: Mapped[int]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    written_by: Mapped[Member] = link()


class Closing(Base):
    """How a meeting was closed: differing observations, or that only one view was voiced."""

    __tablename__ = "closings"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    only_one_view: Mapped[bool] = mapped_column(default=False)
    carried_on: Mapped[str | None]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    """When it was given the wording that it has."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    meeting: Mapped[Meeting] = link()
    written_by: Mapped[Member] = link(foreign_keys=[written_by_id])
    observations: Mapped[list["Observation"]] = link(order_by="Observation.position")

    @property
    def known_at(self) -> datetime:
        """When what it says now came, for those who read only up to a day."""
        return self.written_at


class ClosingRevision(Base):
    """An earlier wording of a closing, whole."""

    __tablename__ = "closing_revisions"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("closings.meeting_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    only_one_view: Mapped[bool]
    carried_on: Mapped[str | None]
    observations: Mapped[list[str]] = mapped_column(JSON)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))

    written_by: Mapped[Member] = link()


class Observation(Base):
    """One thing seen differently now."""

    __tablename__ = "observations"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("closings.meeting_id"))
    position: Mapped[int]
    body: Mapped[str]
