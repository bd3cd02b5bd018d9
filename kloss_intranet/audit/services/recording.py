"""Writing the record."""

import hashlib
import json
from typing import Any

from sqlalchemy import select, text

from ...core import clock
from ...core.db import db
from ...core.whence import whence
from ..models import AuditEntry


def record(act: str, subject: str, member_id: int | None = None, **details: object) -> AuditEntry:
    """Add an entry to the transaction at hand; writers queue, so that the chain has one end.

    `details` are values that JSON can hold, and times. What is changed goes under `before` and `after`, by
    name; never what a participant needs, a password or a secret address: nothing can be taken out again.
    """
    hold_end()
    db.session.flush()
    previous = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or ""
    entry = AuditEntry(
        at=clock.now(),
        member_id=member_id,
        act=act,
        subject=subject,
        # As they will be read back, for that is what the hash is checked against.
        details=json.loads(json.dumps(details, default=str)),
        whence=whence.get(),
        previous=previous,
        hash="",
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def hold_end() -> None:
    """Let nobody else add an entry before this transaction has ended; SQLite has one writer anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(7014)"))


def digest(entry: Any) -> str:
    """The hash (SHA-256, hex) of all that `entry`, or its row, says and of the entry before it."""
    said = [entry.previous, entry.at.isoformat(), entry.member_id, entry.act, entry.subject, entry.details]
    if entry.whence is not None:  # entries from before it was kept are hashed without
        said.append(entry.whence)
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
