"""The rules as they hold and as they have been."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from ..core.db import db
from .models import RulesKind, RulesVersion


def named(kind: str) -> RulesKind | None:
    """The rules that an address speaks of."""
    return RulesKind(kind) if kind in set(RulesKind) else None


def latest(kind: RulesKind) -> RulesVersion | None:
    """The wording that holds; None while the one that comes with the software does."""
    return db.session.scalar(
        select(RulesVersion)
        .where(RulesVersion.kind == kind)
        .order_by(RulesVersion.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def versions(kind: RulesKind) -> Sequence[RulesVersion]:
    """Every wording that has held, the latest first; number 0 is the one that came with the software."""
    return db.session.scalars(
        select(RulesVersion)
        .where(RulesVersion.kind == kind)
        .order_by(RulesVersion.number.desc())
        .options(joinedload(RulesVersion.published_by))
    ).all()


def due(day: date) -> Sequence[RulesVersion]:
    """The wordings that hold and were to be looked through again by `day`."""
    newest: Any = select(RulesVersion.kind, func.max(RulesVersion.number)).group_by(RulesVersion.kind)
    return db.session.scalars(
        select(RulesVersion)
        .where(tuple_(RulesVersion.kind, RulesVersion.number).in_(newest), RulesVersion.review_on <= day)
        .order_by(RulesVersion.review_on, RulesVersion.id)
    ).all()
