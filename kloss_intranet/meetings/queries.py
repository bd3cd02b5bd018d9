"""Finding meetings: one whole meeting, and the lists of those a reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, true
from sqlalchemy.orm import selectinload

from ..core.db import db
from ..core.policy import Actor
from ..members.models import Institution
from ..themes.models import Theme
from .models import AgendaItem, Guest, Host, Meeting, MeetingState, MeetingTheme

# What a list needs so that a meeting without a title can be called after its hosts.
NAMED = (selectinload(Meeting.hosts).joinedload(Host.institution),)
WHOLE = (
    *NAMED,
    selectinload(Meeting.themes).joinedload(MeetingTheme.theme),
    selectinload(Meeting.programme),
    selectinload(Meeting.agenda).joinedload(AgendaItem.guests),
)


@dataclass(frozen=True)
class Choice:
    """What a list of meetings is narrowed to; None leaves it as wide as it is."""

    theme: str | None = None
    host: str | None = None
    guest: str | None = None
    year: int | None = None

    @property
    def is_made(self) -> bool:
        return self != Choice()


ONE = select(Meeting).where(Meeting.slug == bindparam("slug")).options(*WHOLE)


def meeting(slug: str) -> Meeting | None:
    """The whole meeting, in five statements however long it is."""
    return db.session.scalar(ONE, {"slug": slug})


def named(meeting_id: int) -> Meeting | None:
    """A meeting with what it is called after."""
    return db.session.scalar(select(Meeting).where(Meeting.id == meeting_id).options(*NAMED))


def visible(reader: Actor) -> ColumnElement[bool]:
    """The meetings `reader` may read, as policy.MEETING_READ has it."""
    if reader.in_network:
        return true()
    admitted = Meeting.id.in_(sorted(reader.hosted | reader.invited | reader.standing_in))
    if reader.reads_until is None:
        return admitted
    return or_(admitted, Meeting.starts_at < reader.reads_until)


def index(reader: Actor, choice: Choice | None = None) -> Sequence[Meeting]:
    """The visible meetings with their hosts, oldest first, narrowed by `choice`."""
    query = _listed(reader)
    if choice is None:
        return db.session.scalars(query).all()
    if choice.theme:
        query = query.where(Meeting.themes.any(MeetingTheme.theme.has(Theme.slug == choice.theme)))
    if choice.host:
        query = query.where(Meeting.hosts.any(Host.institution.has(Institution.slug == choice.host)))
    if choice.guest:
        who = or_(Guest.name == choice.guest, Guest.organisation == choice.guest)
        query = query.where(Meeting.agenda.any(AgendaItem.guests.any(who)))
    found = db.session.scalars(query).all()
    # The year is the one in the meeting's own zone, which the database does not know.
    return [m for m in found if choice.year is None or m.starts_on.year == choice.year]


def next_meeting(reader: Actor, now: datetime) -> Meeting | None:
    """The first visible meeting that is neither over nor cancelled."""
    ahead = (Meeting.ends_at > now, Meeting.state != MeetingState.CANCELLED)
    return db.session.scalar(_listed(reader).where(*ahead).limit(1))


def of_host(institution_id: int, reader: Actor) -> Sequence[Meeting]:
    """The visible meetings an institution has hosted, oldest first."""
    return db.session.scalars(
        _listed(reader).where(Meeting.hosts.any(Host.institution_id == institution_id))
    ).all()


def of_theme(theme_id: int, reader: Actor) -> Sequence[Meeting]:
    """The visible meetings that were set under a theme, oldest first."""
    return db.session.scalars(
        _listed(reader).where(Meeting.themes.any(MeetingTheme.theme_id == theme_id))
    ).all()


def guests(reader: Actor) -> list[str]:
    """Everybody who has been a guest at a visible meeting; an organisation where no person is named."""
    rows = db.session.execute(
        select(Guest.name, Guest.organisation)
        .join(Guest.agenda_item)
        .join(AgendaItem.meeting)
        .where(visible(reader))
    )
    return list({known for name, organisation in rows if (known := name or organisation)})


# Most pages list meetings for somebody in the network, so that statement is built once.
EVERY = select(Meeting).order_by(Meeting.starts_at, Meeting.id).options(*NAMED)


def _listed(reader: Actor) -> Select[Meeting]:
    return EVERY if reader.in_network else EVERY.where(visible(reader))
