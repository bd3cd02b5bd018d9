"""Files that a member has put beside a post, each in one or more versions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, link
from ...files.models import StoredFile
from .post import Post
from .thread import Audience


class Attachment(Base):
    """Pending while it has a `submission` and no post: it then belongs to the form with that key."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_pending", "member_id", "submission"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    submission: Mapped[str | None]
    alt: Mapped[str | None]
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]

    post: Mapped[Post | None] = link()
    versions: Mapped[list["AttachmentVersion"]] = link(
        order_by="AttachmentVersion.number", back_populates="attachment"
    )

    @property
    def is_pending(self) -> bool:
        return self.post_id is None

    @property
    def is_offered(self) -> bool:
        """It stands beside a post, and neither is withdrawn or hidden."""
        return (
            self.post is not None
            and self.withdrawn_at is None
            and self.hidden_at is None
            and self.post.stands
        )

    @property
    def is_hidden(self) -> bool:
        """A coordinator has hidden it, or its post."""
        return self.hidden_at is not None or (self.post is not None and self.post.is_hidden)

    @property
    def known_at(self) -> datetime:
        return max(self.added_at, self.post.known_at) if self.post else self.added_at

    @property
    def audience(self) -> Audience | None:
        return self.post.audience if self.post else None

    @property
    def closed_at(self) -> datetime | None:
        return self.post.closed_at if self.post else None

    @property
    def for_guests(self) -> bool:
        return self.post is not None and self.post.for_guests

    @property
    def meeting_id(self) -> int | None:
        return self.post.meeting_id if self.post else None


class AttachmentVersion(Base):
    __tablename__ = "attachment_versions"
    __table_args__ = (UniqueConstraint("attachment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    number: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    name: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    added_at: Mapped[datetime]

    attachment: Mapped[Attachment] = link(back_populates="versions")
    file: Mapped[StoredFile] = link()
