"""Institution (the seat), member (the person), mandate (the link between them) and role."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link


class Origin(enum.StrEnum):
    """Where a row comes from: the network's own work, the public source, or the invented demo season."""

    NETWORK = "network"
    SOURCE = "source"
    INVENTED = "invented"


class InstitutionKind(enum.StrEnum):
    UNIVERSITY = "university"
    UNIVERSITY_COLLEGE = "university_college"
    ARTS = "arts"


class RoleKind(enum.StrEnum):
    STEERING = "steering"
    CONVENOR = "convenor"
    COORDINATOR = "coordinator"


def in_force(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether `day` lies between the first and the last day, both included; no last day is no end."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


class Institution(Base):
    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_sv: Mapped[str]
    name_en: Mapped[str]
    short_name: Mapped[str]
    city: Mapped[str]
    country: Mapped[str]
    mail_domain: Mapped[str]
    sort_key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[InstitutionKind | None] = mapped_column(choice(InstitutionKind))
    """None where nobody has said."""
    in_kloss: Mapped[bool] = mapped_column(default=False)
    in_kloss_akut: Mapped[bool] = mapped_column(default=False)
    in_steering_group: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[Origin] = mapped_column(choice(Origin), default=Origin.NETWORK)

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv

    @property
    def is_invented(self) -> bool:
        return self.origin is Origin.INVENTED


class Member(Base):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(index=True)
    affiliation: Mapped[str | None]
    """Where a person without a mandate comes from: the network's office, or a guest's organisation."""
    title: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="sv")
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    origin: Mapped[Origin] = mapped_column(choice(Origin), default=Origin.NETWORK)


class Mandate(Base):
    """`starts_on` to `ends_on`, both days included, in Stockholm; an institution has one at a time."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="order"),
        Index(
            "uq_mandates_open",
            "institution_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    appointed_by: Mapped[str | None]

    member: Mapped[Member] = link()
    institution: Mapped[Institution] = link()

    def is_in_force(self, day: date) -> bool:
        return in_force(self.starts_on, self.ends_on, day)


class Role(Base):
    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[RoleKind] = mapped_column(choice(RoleKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    member: Mapped[Member] = link()
