"""Alembic's door to the models; it runs on the connection that `upgrade` opened."""

from typing import Any, Literal

from alembic import context

from kloss_intranet.announcements import models as announcements
from kloss_intranet.attendance import models as attendance
from kloss_intranet.audit import models as audit
from kloss_intranet.auth import models as auth
from kloss_intranet.breadth import models as breadth
from kloss_intranet.calendars import models as calendars
from kloss_intranet.core.db import Base, UtcDateTime
from kloss_intranet.mail import models as mail
from kloss_intranet.materials import models as materials
from kloss_intranet.minutes import models as minutes
from kloss_intranet.moderation import models as moderation
from kloss_intranet.planning import models as planning
from kloss_intranet.rules import models as rules
from kloss_intranet.steering import models as steering
from kloss_intranet.threads import models as threads

# Between them these models pull in every table.
TABLES = (
    announcements,
    attendance,
    audit,
    auth,
    breadth,
    calendars,
    mail,
    materials,
    minutes,
    moderation,
    planning,
    rules,
    steering,
    threads,
)


def render(kind: str, thing: Any, *_: object) -> str | Literal[False]:
    """Write our own type of column as what it is in the database, so that old steps stand on their own."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render,
    # SQLite can take back a changed schema; Alembic does not count on it unless told.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
