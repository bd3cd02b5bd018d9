"""The list of meetings, the page of one, and the lists other pages show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request

from ...core import clock, slots
from ...core.access import me, requires
from ...core.form import number
from ...core.language import gettext, language
from ...core.policy import Permission, may
from ...core.swedish import sort_key
from ...core.text import tidy
from ...members.models import Institution
from ...themes.models import Theme
from ...themes.queries import themes
from .. import queries
from ..models import Meeting, MeetingState
from .blueprint import bp

SOURCE_READ_ON = date(2024, 2, 27)
"""The day the network's public page was read."""


@bp.get("/")
@requires(Permission.MEETING_LIST)
def index() -> str:
    reader, now, choice = me(), clock.now(), _choice()
    every = queries.index(reader)
    found = queries.index(reader, choice) if choice.is_made else every
    coming = [meeting for meeting in every if meeting.ends_at > now]
    return render_template(
        "meetings/index.html",
        choice=choice,
        every=every,
        coming=coming,
        next_one=next((one for one in coming if one.state is not MeetingState.CANCELLED), None),
        found=found[::-1],
        filters=_filters(every, queries.guests(reader), choice),
    )


@bp.get("/<string:slug>")
@requires(Permission.MEETING_READ, find=queries.meeting)
def show(meeting: Meeting) -> str:
    before = queries.named(meeting.previous_id) if meeting.previous_id else None
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        previous=before if before and may(me(), Permission.MEETING_READ, before) else None,
        source_read_on=SOURCE_READ_ON,
    )


@slots.fills("institution.memory")
def _institution(institution: Institution) -> str:
    found = queries.of_host(institution.id, me())
    return (
        render_template("meetings/_memory.html", heading=gettext("Värd för"), meetings=found) if found else ""
    )


@slots.fills("theme.meetings")
def _theme(theme: Theme) -> str:
    found = queries.of_theme(theme.id, me())
    return (
        render_template("meetings/_memory.html", heading=gettext("Träffar om temat"), meetings=found)
        if found
        else ""
    )


def _choice() -> queries.Choice:
    asked = request.args
    return queries.Choice(
        theme=tidy(asked.get("theme", "")) or None,
        host=tidy(asked.get("host", "")) or None,
        guest=tidy(asked.get("guest", "")) or None,
        year=asked.get("year", type=number),
    )


def _filters(every: Sequence[Meeting], guests: list[str], choice: queries.Choice) -> list[dict[str, Any]]:
    """What the list can be narrowed to; only what there is something to find for."""
    spoken = language()
    hosts = {host.institution for meeting in every for host in meeting.hosts if host.institution}
    years = sorted({meeting.starts_on.year for meeting in every})
    by_name = sorted(
        ((host.slug, host.name(spoken)) for host in hosts), key=lambda option: sort_key(option[1])
    )
    return [
        {
            "name": "year",
            "label": gettext("År"),
            "chosen": choice.year,
            "options": [(year, year) for year in years],
        },
        {
            "name": "theme",
            "label": gettext("Tema"),
            "chosen": choice.theme,
            "options": [(theme.slug, theme.name(spoken)) for theme in themes()],
        },
        {"name": "host", "label": gettext("Värd"), "chosen": choice.host, "options": by_name},
        {
            "name": "guest",
            "label": gettext("Gäst"),
            "chosen": choice.guest,
            "options": [(guest, guest) for guest in sorted(guests, key=sort_key)],
        },
    ]
