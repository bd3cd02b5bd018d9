"""Finding themes."""

from collections.abc import Sequence

from sqlalchemy import select

from ..core.db import db
from .models import Theme


def theme(slug: str) -> Theme | None:
    return db.session.scalar(select(Theme).where(Theme.slug == slug))


def themes() -> Sequence[Theme]:
    """All themes in the network's own order."""
    return db.session.scalars(select(Theme).order_by(Theme.position)).all()
