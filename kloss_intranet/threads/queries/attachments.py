"""Files beside posts, and files that wait in a form."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from ...core.db import db
from ...files.models import StoredFile
from ..models import Attachment, AttachmentVersion, Post, Thread


@dataclass(frozen=True)
class AttachmentRow:
    """A file in its newest version; `number` counts versions from 1, `size` is in bytes."""

    id: int
    post_id: int | None
    alt: str | None
    number: int
    name: str
    size: int
    media_type: str
    hidden_at: datetime | None = None
    """Since when a coordinator has hidden the file; it then has neither name nor description here."""

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def _newest() -> Select[*tuple[Any, ...]]:
    newer = (
        select(func.max(AttachmentVersion.number))
        .where(AttachmentVersion.attachment_id == Attachment.id)
        .correlate(Attachment)
        .scalar_subquery()
    )
    return (
        select(
            Attachment.id,
            Attachment.post_id,
            case((Attachment.hidden_at.is_(None), Attachment.alt)),
            AttachmentVersion.number,
            case((Attachment.hidden_at.is_(None), AttachmentVersion.name), else_=""),
            StoredFile.size,
            StoredFile.media_type,
            Attachment.hidden_at,
        )
        .join(AttachmentVersion, AttachmentVersion.attachment_id == Attachment.id)
        .join(StoredFile, StoredFile.id == AttachmentVersion.file_id)
        .where(Attachment.withdrawn_at.is_(None), AttachmentVersion.number == newer)
        .order_by(Attachment.id)
    )


def attachments_of(
    post_ids: Collection[int], until: datetime | None = None
) -> dict[int, tuple[AttachmentRow, ...]]:
    """The files beside each of the posts, of those added before `until`; a post without any is left out."""
    found: dict[int, list[AttachmentRow]] = defaultdict(list)
    if post_ids:
        query = _newest().where(Attachment.post_id.in_(sorted(post_ids)))
        for row in db.session.execute(query.where(Attachment.added_at < until) if until else query):
            found[row[1]].append(AttachmentRow(*row))
    return {post_id: tuple(rows) for post_id, rows in found.items()}


def pending(member_id: int, submission: str) -> tuple[AttachmentRow, ...]:
    """The member's files that wait in the form with this key."""
    waiting = (
        Attachment.member_id == member_id,
        Attachment.submission == submission,
        Attachment.post_id.is_(None),
    )
    return tuple(AttachmentRow(*row) for row in db.session.execute(_newest().where(*waiting)))


def _whole() -> Select[Attachment]:
    return select(Attachment).options(
        joinedload(Attachment.post).joinedload(Post.thread).joinedload(Thread.meeting),
        selectinload(Attachment.versions).joinedload(AttachmentVersion.file),
    )


def attachment(attachment_id: int, number: int | None = None) -> Attachment | None:
    """One file with its versions, post and thread; None too when it has no version `number`."""
    found = db.session.scalar(_whole().where(Attachment.id == attachment_id))
    if found and number is not None and all(version.number != number for version in found.versions):
        return None
    return found


def with_versions(post_id: int) -> list[Attachment]:
    """The files that stand beside the post, each with its versions; hidden ones are among them."""
    standing = (Attachment.post_id == post_id, Attachment.withdrawn_at.is_(None))
    return list(db.session.scalars(_whole().where(*standing).order_by(Attachment.id)))
