"""Writing the record."""

import hashlib
import json

from sqlalchemy import select, text

from ..core import clock
from ..core.db import db
from .models import AuditEntry


def record(act: str, subject: str, member_id: int | None = None, **details: object) -> AuditEntry:
    """Add an entry to the transaction at hand; writers queue, so that the chain has one end."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(7014)"))
    db.session.flush()
    previous = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or ""
    entry = AuditEntry(
        at=clock.now(),
        member_id=member_id,
        act=act,
        subject=subject,
        details=details,
        previous=previous,
        hash="",
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def digest(entry: AuditEntry) -> str:
    """The hash (SHA-256, hex) of all that `entry` says and of the entry before it."""
    said = [entry.previous, entry.at.isoformat(), entry.member_id, entry.act, entry.subject, entry.details]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
