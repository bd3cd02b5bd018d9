"""Sign-ups for parts of a programme, needs that are erased, stand-ins, and who was there."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..meetings.models import Meeting, ProgrammeItem
from ..members.models import Institution, Member


class Answer(enum.StrEnum):
    COMING = "coming"
    WAITING = "waiting"
    """Wanted to come when the last seat was taken; seats that become free go in the order of `queued_at`."""
    NOT_COMING = "not_coming"


class SignUp(Base):
    """One member's answer for one part of the programme."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        UniqueConstraint("programme_item_id", "member_id"),
        Index("ix_sign_ups_queue", "programme_item_id", "answer", "queued_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    queued_at: Mapped[datetime]
    """When the wish to come was first said; kept while it is only moved between seat and queue."""
    answered_at: Mapped[datetime]

    programme_item: Mapped[ProgrammeItem] = link()
    member: Mapped[Member] = link()
    institution: Mapped[Institution | None] = link()


class Needs(Base):
    """What a participant needs; for host and coordinator, and erased thirty days after the meeting."""

    __tablename__ = "participant_needs"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    diet: Mapped[str | None]
    access: Mapped[str | None]
    written_at: Mapped[datetime]

    meeting: Mapped[Meeting] = link()
    member: Mapped[Member] = link()


class StandIn(Base):
    """`member_id` comes to one meeting in the place of `absent_id`; the way in is an Admission."""

    __tablename__ = "stand_ins"
    __table_args__ = (UniqueConstraint("meeting_id", "absent_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    absent_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    named_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=0)
    """How often the absent member has named somebody for this meeting."""
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = link()
    absent: Mapped[Member] = link(foreign_keys="StandIn.absent_id")
    member: Mapped[Member] = link(foreign_keys="StandIn.member_id")
    institution: Mapped[Institution | None] = link()


class Attendance(Base):
    """How many came from an institution, as noted after the meeting."""

    __tablename__ = "attendances"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    number: Mapped[int]
    noted_at: Mapped[datetime]

    institution: Mapped[Institution] = link()
