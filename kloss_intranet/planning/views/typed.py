"""Between the fields of a meeting's forms and what the services take; never a page of its own."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import abort, request
from wtforms import Field

from ...core import clock
from ...core.form import Form, add_refusal, number, options
from ...core.language import gettext, language
from ...core.words import Refusal, text
from ...meetings import queries as meetings
from ...meetings.models import Meeting, MeetingKind, MeetingMode
from ...members import queries as members
from ...themes import queries as themes
from ..forms import FactsForm, PracticalForm, TimesForm
from ..services import times
from ..services.facts import Facts, Practical

STEERING = "steering-group"


def within(slug: str, **_rest: Any) -> Meeting | None:
    """The meeting of an address that goes on to something of the meeting's."""
    return meetings.meeting(slug)


def found(rows: Any, name: str) -> Any:
    """The row among `rows` whose number the address gives under `name`, if there is one."""
    wanted = (request.view_args or {}).get(name)
    return next((row for row in rows if row.id == wanted), None)


def named(rows: Any, name: str) -> Any:
    """The same; 404 when there is none."""
    row = found(rows, name)
    if row is None:
        abort(404)
    return row


def offer_choices(form: FactsForm) -> None:
    """The institutions and themes that can be ticked."""
    named = [(one.slug, one.name(language())) for one in members.institutions()]
    form.hosts.choices = options([*named, (STEERING, gettext("Styrgruppen"))])
    every = [(theme.slug, theme.name(language())) for theme in themes.themes()]
    form.themes.choices = options(every)
    if not every:
        del form.themes


def practical(form: PracticalForm) -> Practical:
    return Practical(form.place.data or None, form.venue.data or None, form.link_url.data or None)


def facts(form: FactsForm, meeting: Meeting | None = None) -> Facts:
    """What the form says of a meeting; the times of one that is held are its own. Raises Refusal."""
    hosts = {one.slug: one for one in members.institutions()}
    by_slug = {theme.slug: theme for theme in themes.themes()}
    if isinstance(form, TimesForm):
        zone = form.time_zone.data
        starts_at, ends_at, known = span_of(form)
    elif meeting is None:
        raise LookupError("a form without times needs the meeting that keeps them")
    else:
        zone, starts_at, ends_at = meeting.time_zone, meeting.starts_at, meeting.ends_at
        known = meeting.times_known
    return Facts(
        place=form.place.data or None,
        venue=form.venue.data or None,
        link_url=form.link_url.data or None,
        title=form.title.data or None,
        kind=MeetingKind(form.kind.data),
        mode=MeetingMode(form.mode.data) if form.mode.data else None,
        time_zone=zone,
        starts_at=starts_at,
        ends_at=ends_at,
        times_known=known,
        introduction=form.introduction.data or None,
        asked=form.asked.data or None,
        hosts=[None if slug == STEERING else hosts[slug] for slug in dict.fromkeys(form.hosts.data or ())],
        themes=[by_slug[slug] for slug in dict.fromkeys(form.themes.data or ())] if by_slug else (),
    )


def span_of(form: TimesForm) -> tuple[datetime, datetime, bool]:
    """Start, end, and whether clock times are known; whole days where they are not. Raises Refusal."""
    zone, first = form.time_zone.data, cast(date, form.starts_on.data)
    last = form.ends_on.data or first
    times.in_time(first, "starts_on")
    times.in_time(last, "ends_on")
    if last < first:
        raise Refusal(text("Sista dagen ligger före den första."), field="ends_on")
    start, end = form.starts_time.data, form.ends_time.data
    if start is None and end is None:
        return clock.day_begins(first, zone), clock.day_ends(last, zone), False
    if start is None or end is None:
        field = "starts_time" if start is None else "ends_time"
        raise Refusal(text("Skriv båda klockslagen, eller inget av dem."), field=field)
    starts_at = instant(form, "starts", first, start, zone)
    ends_at = instant(form, "ends", last, end, zone)
    if ends_at <= starts_at:
        raise Refusal(text("Träffen måste sluta efter att den har börjat."), field="ends_time")
    return starts_at, ends_at, True


def instant(form: Form, which: str, day: date, at: time, zone: str) -> datetime:
    """The instant of the fields that begin with `which`: starts or ends. Raises Refusal."""
    return times.instant(day, at, zone, field=f"{which}_time", which=form[f"{which}_which"].data or "")


def shown_times(row: Any, zone: str) -> dict[str, Any]:
    """The fields for the times of a meeting or a part, as clocks in `zone` show them."""
    shown: dict[str, Any] = {}
    for which, at in (("starts", row.starts_at), ("ends", row.ends_at)):
        if at is not None:
            local = at.astimezone(ZoneInfo(zone))
            shown |= {
                f"{which}_on": local.date(),
                f"{which}_time": local.time(),
                f"{which}_which": times.which_of_two(at, zone),
            }
    # Left empty it follows the first day, also when that is changed.
    if shown.get("ends_on") == shown.get("starts_on"):
        shown.pop("ends_on", None)
    return shown


def known_facts(meeting: Meeting) -> dict[str, Any]:
    """The fields of a meeting as it is kept."""
    shown = shown_times(meeting, meeting.time_zone)
    if not meeting.times_known:
        last = (meeting.ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(meeting.time_zone)).date()
        shown = {"starts_on": meeting.starts_on, "ends_on": last}
    names = ("title", "time_zone", "place", "venue", "link_url", "introduction", "asked", "version")
    return {
        **shown,
        **{name: getattr(meeting, name) for name in names},
        "kind": meeting.kind.value,
        "mode": meeting.mode.value if meeting.mode else None,
        "hosts": [host.institution.slug if host.institution else STEERING for host in meeting.hosts],
        "themes": [under.theme.slug for under in meeting.themes],
    }


def refuse(form: Form, refusal: Refusal) -> None:
    """Say it beside the field; a rule about a field that this form lacks is said above it."""
    if isinstance(refusal, times.Ambiguous) and refusal.field:
        refusal.field = refusal.field.replace("_time", "_which")
    if refusal.field == "ends_at":
        refusal.field = "ends_time"
    add_refusal(form, refusal)


def version_of(field: Field) -> int:
    """The version that a form carries; 0, which none has, when it cannot be read."""
    try:
        return number(field.data or "")
    except ValueError:
        return 0
