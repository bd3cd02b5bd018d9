"""Cleaning stored texts again when the allow-list has changed."""

from sqlalchemy import select, update

from ...core import text as texts
from ...core.db import db
from ..models import Post, Revision

BATCH = 200
"""Texts cleaned in one transaction."""


def reclean(table: type[Post] | type[Revision], after: int) -> tuple[int, int]:
    """Clean one batch of `table` that an older policy cleaned, with ids above `after`.

    The last id seen comes back, 0 when there is nothing left, and how many texts were cleaned. Pages show
    old texts cleaned as they are read, so nothing unsafe is shown before this has run.
    """
    rows = db.session.execute(
        select(table.id, table.body_html, table.policy)
        .where(table.policy < texts.POLICY, table.id > after)
        .order_by(table.id)
        .limit(BATCH)
    ).all()
    for number, html, policy in rows:
        # The text as read is asked for, so that what somebody changed meanwhile stays theirs.
        db.session.execute(
            update(table)
            .where(table.id == number, table.body_html == html)
            .values(body_html=texts.recleaned(html, policy), policy=texts.POLICY)
            .execution_options(synchronize_session=False)
        )
    return (rows[-1].id if rows else 0), len(rows)
