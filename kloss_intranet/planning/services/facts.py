"""What a meeting is: its times, place, hosts and themes; and changing them without treading on somebody."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from ...attendance.services import seats
from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings import services as meetings
from ...meetings.models import (
    Meeting,
    MeetingKind,
    MeetingMode,
    MeetingState,
    ProgrammeItem,
)
from ...members.models import Institution
from ...themes.models import Theme
from . import times
from .belonging import name_hosts, set_themes

CLASH = text("Någon annan har ändrat träffen medan du skrev")
OUTSIDE = text("Programmets del «%(title)s» skulle hamna utanför träffen. Flytta eller ta bort delen först.")
CALENDAR = {"title", "place", "venue", "link_url", "mode", "times_known", "time_zone"}
"""What calendars show beside the times."""


@dataclass(frozen=True)
class Practical:
    """What hosts may change too."""

    place: str | None = None
    venue: str | None = None
    link_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Facts(Practical):
    """All of a meeting that its coordinator states. Hosts of None is the steering group."""

    title: str | None = None
    kind: MeetingKind = MeetingKind.ORDINARY
    mode: MeetingMode | None = MeetingMode.ON_SITE
    time_zone: str = clock.STOCKHOLM
    starts_at: datetime
    ends_at: datetime
    times_known: bool = True
    introduction: str | None = None
    asked: str | None = None
    hosts: Sequence[Institution | None] = ()
    themes: Sequence[Theme] = ()


APART = {"starts_at", "ends_at", "hosts", "themes"}


def check_link(link: str | None) -> None:
    """Raises Refusal for what a browser could not join a meeting by."""
    if not link:
        return
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in link:
        raise Refusal(text("En länk börjar med https:// och saknar mellanslag."), field="link_url")


def check_editable(meeting: Meeting) -> None:
    """Raises Refusal when the meeting is cancelled or closed."""
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(meetings.CANCELLED, status=409)
    if meeting.state is MeetingState.CLOSED:
        raise Refusal(text("Träffen är avslutad och ändras inte mer."), status=409)


def revise(
    meeting: Meeting, wanted: Practical, *, version: int, by: int, shift_parts: bool = False
) -> frozenset[int]:
    """Change `meeting`, whose `version` the editor saw; gives the institutions that have become hosts.

    With `shift_parts` the programme follows as many days as the meeting's first day moves. Raises Refusal,
    with 409 when somebody else has changed it since.
    """
    check_editable(meeting)
    check_link(wanted.link_url)
    new = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name not in APART}
    changed = {name: getattr(meeting, name) for name, value in new.items() if getattr(meeting, name) != value}
    taken = db.session.scalar(
        update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.version == version)
        .values(version=Meeting.version + 1)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise Refusal(CLASH, status=409)
    db.session.refresh(meeting, ["version", "sequence", "state"])
    check_editable(meeting)
    named = frozenset[int]()
    if isinstance(wanted, Facts):
        _move(meeting, wanted, by, shift_parts)
        was: dict[str, Any] = {
            "hosts": [host.institution_id for host in meeting.hosts],
            "themes": sorted(under.theme_id for under in meeting.themes),
        }
        now = {
            "hosts": [one.id if one else None for one in wanted.hosts],
            "themes": sorted(theme.id for theme in wanted.themes),
        }
        named = name_hosts(meeting, wanted.hosts)
        set_themes(meeting, wanted.themes)
        apart = {name: now[name] for name in now if now[name] != was[name]}
        changed |= {name: was[name] for name in apart}
        new |= apart
    for name in changed.keys() - APART:
        setattr(meeting, name, new[name])
    if CALENDAR & changed.keys():
        meeting.sequence += 1
    record("meeting:edit", meeting.slug, by, before=changed, after={name: new[name] for name in changed})
    return named


def _move(meeting: Meeting, wanted: Facts, by: int, shift_parts: bool) -> None:
    """Other times, or the same clock times in another zone, with the parts of the programme within them."""
    stands = (meeting.starts_at, meeting.ends_at, meeting.time_zone)
    if stands == (wanted.starts_at, wanted.ends_at, wanted.time_zone):
        return
    before, zone = meeting.starts_on, meeting.time_zone
    # Before the log, where those who sign up stand after they have taken the parts.
    seats.locked(meeting.id)
    meetings.move(meeting, wanted.starts_at, wanted.ends_at, by, time_zone=wanted.time_zone)
    shift = wanted.starts_at.astimezone(ZoneInfo(wanted.time_zone)).date() - before
    parts = select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting.id)
    # Read again: somebody may have changed a part since the page was asked for.
    for part in db.session.scalars(parts.execution_options(populate_existing=True)):
        if shift_parts and part.starts_at and (shift or zone != wanted.time_zone):
            _shift(part, shift, zone, wanted.time_zone)
        if not is_within(part, meeting):
            raise Refusal(OUTSIDE, field="starts_on", title=part.title)


def is_within(part: Any, meeting: Meeting) -> bool:
    """Whether all of the part that is known lies within the meeting."""
    return all(meeting.starts_at <= at <= meeting.ends_at for at in (part.starts_at, part.ends_at) if at)


def _shift(part: ProgrammeItem, shift: timedelta, zone: str, to: str) -> None:
    """The same clock time `shift` later, in the zone `to`, also over a change of clocks."""
    for name in ("starts_at", "ends_at", "sign_up_by"):
        if at := getattr(part, name):
            shown = at.astimezone(ZoneInfo(zone))
            which, day = "second" if shown.fold else "first", shown.date() + shift
            setattr(part, name, times.instant(day, shown.time(), to, field="starts_on", which=which))


def is_taken(slug: str) -> bool:
    return db.session.scalar(select(Meeting.id).where(Meeting.slug == slug)) is not None


def as_columns(facts: Facts) -> dict[str, Any]:
    """The columns of a new meeting."""
    return {f.name: getattr(facts, f.name) for f in fields(facts) if f.name not in ("hosts", "themes")}
