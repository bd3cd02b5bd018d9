"""The rules as they have been; the latest version holds."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..members.models import Member


class RulesKind(enum.StrEnum):
    GROUND = "ground"
    MODERATION = "moderation"


class RulesVersion(Base):
    """One wording in both languages. Before the first row, the wording that comes with the software holds."""

    __tablename__ = "rules_versions"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RulesKind] = mapped_column(choice(RulesKind))
    number: Mapped[int]
    body_sv: Mapped[str]
    body_en: Mapped[str]
    html_sv: Mapped[str]
    html_en: Mapped[str]
    policy: Mapped[int]
    note: Mapped[str]
    """What is different from the version before, in one sentence."""
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    review_on: Mapped[date]
    """When the coordinator means to look through it again."""

    published_by: Mapped[Member] = link()
