"""A meeting, who hosts it, its programme and agenda, and who is let in for its sake alone."""

import enum
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core import clock
from ..core.db import Base, choice, link
from ..members.models import Institution, Member, Origin
from ..themes.models import Theme


class MeetingKind(enum.StrEnum):
    ORDINARY = "ordinary"
    ROUND_TABLE = "round_table"
    OTHER = "other"


class MeetingMode(enum.StrEnum):
    ON_SITE = "on_site"
    DIGITAL = "digital"
    MIXED = "mixed"


class MeetingState(enum.StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Phase(enum.StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Meeting(Base):
    """`starts_at` (included) to `ends_at` (excluded); whole local days where no clock times are known."""

    __tablename__ = "meetings"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    kind: Mapped[MeetingKind] = mapped_column(choice(MeetingKind))
    mode: Mapped[MeetingMode | None] = mapped_column(choice(MeetingMode))
    state: Mapped[MeetingState] = mapped_column(choice(MeetingState))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    times_known: Mapped[bool] = mapped_column(default=True)
    time_zone: Mapped[str]
    place: Mapped[str | None]
    venue: Mapped[str | None]
    introduction: Mapped[str | None]
    asked: Mapped[str | None]
    agenda_known: Mapped[bool] = mapped_column(default=True)
    hosts_known: Mapped[bool] = mapped_column(default=True)
    origin: Mapped[Origin] = mapped_column(choice(Origin), default=Origin.NETWORK)
    link_url: Mapped[str | None]
    """Where a digital or mixed meeting is joined."""
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    """The meeting whose minutes this one goes on from."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts edits; an edit of an older version is refused."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Counts what calendars must know of: times, place, cancelling."""
    changed_at: Mapped[datetime | None] = mapped_column(default=clock.now, onupdate=clock.now)
    """When anything in this row was last changed; None for what was there before this was counted."""
    cancelled_reason: Mapped[str | None]
    minutes_published_at: Mapped[datetime | None]

    hosts: Mapped[list["Host"]] = link(order_by="Host.position", back_populates="meeting")
    themes: Mapped[list["MeetingTheme"]] = link(order_by="MeetingTheme.theme_id", back_populates="meeting")
    programme: Mapped[list["ProgrammeItem"]] = link(
        order_by="ProgrammeItem.position", back_populates="meeting"
    )
    agenda: Mapped[list["AgendaItem"]] = link(order_by="AgendaItem.position", back_populates="meeting")

    def minutes_over(self, part: "ProgrammeItem") -> int:
        """By how many minutes the agenda items of `part` are longer than it; negative when there is room."""
        if part.minutes is None:
            return 0
        items = [item.minutes or 0 for item in self.agenda if item.programme_item_id == part.id]
        return sum(items) - part.minutes if items else 0

    def phase_at(self, instant: datetime) -> Phase:
        """On which side of the meeting `instant` lies."""
        if instant < self.starts_at:
            return Phase.BEFORE
        return Phase.DURING if instant < self.ends_at else Phase.AFTER

    @property
    def known_at(self) -> datetime:
        """When the meeting is counted as known, for those who read only up to a day."""
        return self.starts_at

    @property
    def starts_on(self) -> date:
        """The first day, in the meeting's own zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def is_invented(self) -> bool:
        return self.origin is Origin.INVENTED

    @property
    def from_source(self) -> bool:
        return self.origin is Origin.SOURCE


class Host(Base):
    """One host of a meeting; without an institution it is the network's steering group."""

    __tablename__ = "hosts"
    __table_args__ = (
        UniqueConstraint("meeting_id", "position"),
        UniqueConstraint("meeting_id", "institution_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)

    meeting: Mapped[Meeting] = link(back_populates="hosts")
    institution: Mapped[Institution | None] = link()


class MeetingTheme(Base):
    __tablename__ = "meeting_themes"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), primary_key=True, index=True)

    meeting: Mapped[Meeting] = link(back_populates="themes")
    theme: Mapped[Theme] = link()


class ProgrammeKind(enum.StrEnum):
    STUDY_VISIT = "study_visit"
    DINNER = "dinner"
    FULL_DAY = "full_day"
    DIGITAL_SESSION = "digital_session"
    PARTICIPATION = "participation"


class ProgrammeItem(Base):
    """A part of the programme; without `starts_at` the time is a gap in the source."""

    __tablename__ = "programme_items"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    kind: Mapped[ProgrammeKind] = mapped_column(choice(ProgrammeKind))
    title: Mapped[str]
    place: Mapped[str | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    description: Mapped[str | None]
    takes_sign_ups: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    sign_up_by: Mapped[datetime | None]

    meeting: Mapped[Meeting] = link(back_populates="programme")

    @property
    def minutes(self) -> int | None:
        """How long the part is, where its times are known."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class AgendaItem(Base):
    """A matter on the agenda. Which question it treats is told by questions, which stands above."""

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int | None]
    responsible: Mapped[str | None]
    description: Mapped[str | None]
    programme_item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_items.id"))
    """The part of the programme in which the item is treated; its clock runs from that part's start."""

    meeting: Mapped[Meeting] = link(back_populates="agenda")
    guests: Mapped[list["Guest"]] = link(order_by="Guest.id", back_populates="agenda_item")


class Guest(Base):
    """Somebody invited to an agenda item; needs no account."""

    __tablename__ = "guests"

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    name: Mapped[str | None]
    role: Mapped[str | None]
    organisation: Mapped[str | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """The account that the guest has been let in with, if any."""

    agenda_item: Mapped[AgendaItem] = link(back_populates="guests")


class AdmissionKind(enum.StrEnum):
    HOST = "host"
    GUEST = "guest"
    STAND_IN = "stand_in"


class Admission(Base):
    """Lets one member into one meeting as host or guest, up to and with `ends_on`."""

    __tablename__ = "admissions"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[AdmissionKind] = mapped_column(choice(AdmissionKind))
    ends_on: Mapped[date]

    meeting: Mapped[Meeting] = link()
    member: Mapped[Member] = link()
