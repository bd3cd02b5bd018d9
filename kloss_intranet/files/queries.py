"""Reads of stored files."""

from collections.abc import Collection

from sqlalchemy import select

from ..core.db import db
from .models import StoredFile


def stored(digest: str) -> StoredFile | None:
    """The row of the content with this digest."""
    return db.session.scalar(select(StoredFile).where(StoredFile.digest == digest))


def known(digests: Collection[str]) -> set[str]:
    """Those of `digests` that have a row."""
    found: set[str] = set()
    wanted = sorted(digests)
    for start in range(0, len(wanted), 500):
        some = StoredFile.digest.in_(wanted[start : start + 500])
        found.update(db.session.scalars(select(StoredFile.digest).where(some)))
    return found
