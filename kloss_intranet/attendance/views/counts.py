"""How many come to each part, without names: for whoever cooks and sets out chairs."""

import csv
import io

from flask import Response, render_template

from ...core import clock
from ...core.access import me, requires
from ...core.language import gettext, moment
from ...core.policy import Permission
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from .. import queries
from .blueprint import bp


@bp.get("/meetings/<string:slug>/counts")
@requires(Permission.SIGN_UP_READ, find=meetings.meeting)
def counts(meeting: Meeting) -> str:
    parts = queries.parts(meeting, me().member_id, clock.now())
    return render_template("attendance/counts.html", meeting=meeting, parts=parts)


@bp.get("/meetings/<string:slug>/counts/csv")
@requires(Permission.SIGN_UP_READ, find=meetings.meeting)
def counts_as_csv(meeting: Meeting) -> Response:
    """The same as a table for a spreadsheet, which is told its encoding by the mark at the beginning."""
    into = io.StringIO()
    rows = csv.writer(into, delimiter=";")
    heads = (
        gettext("Del"),
        gettext("När"),
        gettext("Var"),
        gettext("Kommer"),
        gettext("I kö"),
        gettext("Platser"),
    )
    rows.writerow(heads)
    for part in queries.parts(meeting, me().member_id, clock.now()):
        item = part.item
        when = moment(item.starts_at, meeting.time_zone) if item.starts_at else ""
        numbers = (part.coming, part.waiting, item.capacity or "")
        rows.writerow([*map(_plain, (item.title, when, item.place or "")), *numbers])
    name = f"{meeting.slug}.csv"
    return Response(
        into.getvalue().encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in "=+-@\t\r" and words else words
