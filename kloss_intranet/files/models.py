"""A stored file: what it is, how large, and under which digest it lies on the disk."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base


class StoredFile(Base):
    """The same content is stored once; `digest` is its SHA-256 in hexadecimal and its name on the disk."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    """Bytes."""
    media_type: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    stored_at: Mapped[datetime]
