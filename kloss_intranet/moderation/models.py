"""Reports, what was done about them with its reason, and what the author answers."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, choice, link
from ..members.models import Member


class SubjectKind(enum.StrEnum):
    """What a report or a measure is about; nothing of these is ever removed, so a number is enough."""

    POST = "post"
    ATTACHMENT = "attachment"
    MEMBER = "member"
    THREAD = "thread"


class Ground(enum.StrEnum):
    """Why something is reported."""

    CONFIDENTIAL = "confidential"
    PERSONAL_DATA = "personal_data"
    HURTFUL = "hurtful"
    FOR_OTHERS = "for_others"
    """Words put into the mouth of somebody else, or of the network."""
    MISPLACED = "misplaced"
    OTHER = "other"


class Act(enum.StrEnum):
    """What a coordinator does."""

    DISMISS = "dismiss"
    ASK = "ask"
    HIDE = "hide"
    RESTORE = "restore"
    KEEP = "keep"
    """The author has answered, and it stays as it was."""
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    LOCK = "lock"
    UNLOCK = "unlock"
    PIN = "pin"
    UNPIN = "unpin"
    MARK = "mark"
    UNMARK = "unmark"


SETTLES = frozenset({Act.DISMISS, Act.ASK, Act.HIDE, Act.RESTORE, Act.KEEP, Act.MOVE})
"""The acts after which nothing waits any more that was reported, answered or asked for before."""

UNDOES = {Act.UNLOCK: Act.LOCK, Act.UNPIN: Act.PIN, Act.UNMARK: Act.MARK}
"""The acts that settle what has been answered to the act that they undo, and nothing else."""


class Decision(Base):
    """One act with its reason. Append-only: the database refuses to change or remove it."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_subject", "subject_kind", "subject_id"),
        Index("ix_decisions_author", "author_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[Act] = mapped_column(choice(Act))
    subject_kind: Mapped[SubjectKind] = mapped_column(choice(SubjectKind))
    subject_id: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """Who wrote, or is, the subject; None for a thread that nobody opened."""
    reason: Mapped[str]
    to_author: Mapped[str | None]
    """What is asked of the author, in words for them."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    role: Mapped[str]
    """The role in which it was done."""

    author: Mapped[Member | None] = link(foreign_keys=author_id)
    decided_by: Mapped[Member] = link(foreign_keys=decided_by_id)


class Report(Base):
    """Open until a decision settles it; the words stay."""

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_subject", "subject_kind", "subject_id"),
        Index("ix_reports_open", "settled_by_id", "reported_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[SubjectKind] = mapped_column(choice(SubjectKind))
    subject_id: Mapped[int]
    version: Mapped[int | None]
    """Which wording of a post the reporter saw."""
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    ground: Mapped[Ground] = mapped_column(choice(Ground))
    words: Mapped[str]
    reported_at: Mapped[datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    reminded_at: Mapped[datetime | None]

    member: Mapped[Member] = link()
    settled_by: Mapped[Decision | None] = link()


class Answer(Base):
    """What the author of the subject says to a decision; it waits until a later decision settles it."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    body: Mapped[str]
    answered_at: Mapped[datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)

    decision: Mapped[Decision] = link(foreign_keys=decision_id)
    settled_by: Mapped[Decision | None] = link(foreign_keys=settled_by_id)
