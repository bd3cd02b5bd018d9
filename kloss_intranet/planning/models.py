"""What hosts have to do before a meeting, and who offers to host in coming terms."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..meetings.models import Meeting
from ..members.models import Institution


class HostTask(Base):
    """A line of a meeting's checklist, due `days_before` its first day (negative: after it)."""

    __tablename__ = "host_tasks"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    title: Mapped[str]
    days_before: Mapped[int]
    responsible: Mapped[str | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    meeting: Mapped[Meeting] = link()


class Term(enum.StrEnum):
    SPRING = "spring"
    AUTUMN = "autumn"


class HostOffer(Base):
    """An institution offers to host in a term; withdrawn offers stay as rows."""

    __tablename__ = "host_offers"
    __table_args__ = (UniqueConstraint("institution_id", "year", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    year: Mapped[int]
    term: Mapped[Term] = mapped_column(choice(Term))
    note: Mapped[str | None]
    offered_on: Mapped[date]
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    withdrawn_at: Mapped[datetime | None]

    institution: Mapped[Institution] = link()
