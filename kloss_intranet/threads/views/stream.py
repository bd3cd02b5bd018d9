"""What of a thread's page can be kept as drawn, and the posts joined with what is the reader's own."""

from flask import render_template, url_for
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.kept import piece
from ...core.language import language
from ...meetings.models import Meeting, Phase
from ..models import Thread
from .display import Drawn
from .filters import Chosen, Seats, groups, said
from .leaves import Leaf

FEW = 5
"""A thread with fewer posts needs neither filters nor jumps."""
NAMES = ("phase", "aspect", "factor", "relation", "institution")


def stream(
    thread: Thread, page: Leaf, drawn: list[Drawn], first_unread: int | None, folded: Markup
) -> Markup:
    """The posts of a whole page in reading order, with the meeting and the mark of what is new between them.

    `folded` stands for those that the reader may not see yet; they belong to the present phase, the last.
    """
    parts: list[str] = []
    reader_id = me().member_id
    is_divided = page.has_earlier and bool(drawn) and drawn[0].phase != Phase.BEFORE
    for each in drawn:
        if not is_divided and each.phase != Phase.BEFORE:
            is_divided = True
            parts.append(divider(thread.meeting))
        if each.row.seq == first_unread:
            parts.append(piece(("unread-line", language()), _unread_line))
        parts += _article(each, thread, reader_id)
    if not is_divided and (folded or page.meets_last or not page.has_later):
        is_ahead = thread.meeting.phase_at(clock.now()) is Phase.BEFORE
        parts += [folded, divider(thread.meeting)] if is_ahead else [divider(thread.meeting), folded]
    else:
        parts.append(folded)
    return Markup("".join(parts))  # noqa: S704 - templates of ours


def narrowed(thread: Thread, drawn: list[Drawn]) -> Markup:
    """The posts that a choice has left."""
    reader_id = me().member_id
    parts = [part for each in drawn for part in _article(each, thread, reader_id)]
    return Markup("".join(parts))  # noqa: S704 - templates of ours


def _article(each: Drawn, thread: Thread, reader_id: int) -> tuple[str, ...]:
    if each.row.member_id != reader_id:
        return each.head, each.tail
    return each.head, render_template("threads/_own_acts.html", d=each, thread=thread), each.tail


def _unread_line() -> str:
    return render_template("threads/_unread_line.html")


def divider(meeting: Meeting) -> Markup:
    """The meeting itself, as it stands in the time line."""
    has_begun = meeting.phase_at(clock.now()) is not Phase.BEFORE
    key = (
        ("divider", language(), meeting.slug, meeting.place, has_begun),
        (meeting.starts_at, meeting.ends_at, meeting.times_known, meeting.time_zone),
        tuple(host.institution_id for host in meeting.hosts),
    )
    return piece(key, lambda: render_template("threads/_divider.html", meeting=meeting, has_begun=has_begun))


def relations(thread: Thread, choice: Chosen) -> Markup:
    """How the replies relate to what they answer."""
    tallies = (thread.similar, thread.opposite, thread.other_conditions, thread.asks)
    if not any(tallies):
        return Markup()
    key = ("relations", language(), thread.id, tallies, choice.relation)
    return piece(key, lambda: render_template("threads/_map.html", thread=thread, choice=choice))


def narrowing(thread: Thread, choice: Chosen, seats: Seats, total: int) -> Markup:
    """What the view is narrowed to, and the ways to narrow it."""
    if not choice.is_made and total <= FEW:
        return Markup()

    def to(other: Chosen) -> str:
        return url_for("threads.show", thread_id=thread.id, **other.address)

    def draw() -> str:
        return render_template(
            "threads/_filters.html",
            thread=thread,
            choice=choice,
            narrowed=said(choice, seats),
            filters=groups(choice, to, NAMES, seats),
        )

    return piece(("filters", language(), thread.id, choice, seats), draw)
