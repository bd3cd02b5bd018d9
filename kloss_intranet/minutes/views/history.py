"""How a part of the minutes was worded before, newest first, with what differs from one to the next."""

from dataclasses import dataclass
from itertools import pairwise

from flask import abort, render_template
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.difference import Part, difference
from ...core.language import moment
from ...core.policy import Permission, may
from ..models import Entry, EntryRevision
from ..queries import entries
from ..queries.entries import Matter
from .blueprint import bp
from .writing import words_of


@dataclass(frozen=True)
class ShownWording:
    """One wording as templates/minutes/history.html draws it."""

    number: int
    is_present: bool
    who: str
    when: str
    parts: list[Part]
    """The way here from the wording before; the first one that is shown is one part."""
    looks_only: bool
    html: Markup


@bp.get("/meetings/<string:slug>/minutes/revisions")
@requires(Permission.MINUTES_READ, find=entries.of_slug)
def history_whole(matter: Matter) -> str:
    return _history(matter)


@bp.get("/agenda-items/<int:item_id>/minutes/revisions")
@requires(Permission.MINUTES_READ, find=entries.of_item)
def history_item(matter: Matter) -> str:
    return _history(matter)


def _history(matter: Matter) -> str:
    """Those who write see every wording; others those that have been published."""
    if matter.entry is None:
        abort(404)
    is_writer = may(me(), Permission.MINUTES_WRITE, matter)
    kept = entries.wordings(matter.entry, None if is_writer else matter.minutes_published_at)
    zone = matter.meeting.time_zone
    shown = [_shown(one, before, zone) for one, before in pairwise([*kept, None]) if one]
    return render_template("minutes/history.html", meeting=matter.meeting, item=matter.item, wordings=shown)


def _shown(one: Entry | EntryRevision, before: Entry | EntryRevision | None, zone: str) -> ShownWording:
    said = words_of(one.body, one.body_html)
    parts = difference(words_of(before.body, before.body_html), said) if before else [Part("", said)]
    return ShownWording(
        number=one.version if isinstance(one, Entry) else one.number,
        is_present=isinstance(one, Entry),
        who=one.written_by.name,
        when=moment(one.written_at, zone),
        parts=parts,
        looks_only=before is not None and not any(part.kind for part in parts),
        html=texts.shown(one.body_html, one.policy),
    )
