"""What of a thread's page can be kept as drawn, and the posts joined with what is the reader's own."""

from flask import render_template, url_for
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.kept import piece
from ...core.language import language
from ...core.policy import Permission, may
from ...core.slots import slot
from ...meetings.models import Meeting, Phase
from ..models import Thread
from ..queries import Standing
from .articles import Drawn
from .filters import Chosen, Seats, groups, said
from .leaves import Leaf
from .pointers import Pointer, among
from .withdrawing import own_acts

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
    for each in among(drawn, page.pointers):
        if not is_divided and each.phase != Phase.BEFORE:
            is_divided = True
            parts.append(divider(thread.meeting))
        if isinstance(each, Pointer):
            parts.append(each.html)
            continue
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
    more = slot("post.acts", (each.row, thread))
    if each.row.member_id != reader_id:
        return each.head, more, each.tail
    acts = own_acts(each.row, thread)
    key = ("own-acts", language(), each.row.id, tuple(acts))
    drawn = piece(key, lambda: render_template("threads/_own_acts.html", post_id=each.row.id, acts=acts))
    return each.head, drawn, more, each.tail


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


def about(thread: Thread) -> Markup:
    """The meeting and the question that the thread belongs to."""
    meeting, question = thread.meeting, thread.question
    if question and not may(me(), Permission.QUESTION_READ):
        question = None
    key = (
        ("about", language(), meeting.slug, meeting.place, meeting.origin),
        (meeting.starts_at, meeting.ends_at, meeting.times_known, meeting.time_zone),
        tuple(host.institution_id for host in meeting.hosts),
        (question.id, question.title) if question else None,
    )
    return piece(key, lambda: render_template("threads/_about.html", meeting=meeting, question=question))


def head(thread: Thread, *, by_sides: bool) -> Markup:
    """What stands over a thread, whichever way it is read."""
    can_edit = may(me(), Permission.THREAD_EDIT, thread)
    can_moderate = may(me(), Permission.THREAD_MODERATE, thread)
    terms = (thread.audience, thread.for_guests, thread.write_first, thread.closed_at is not None)
    key = ("head", language(), thread.id, terms, can_edit, can_moderate)
    return piece(
        (*key, by_sides),
        lambda: render_template("threads/_head.html", thread=thread, can_edit=can_edit, by_sides=by_sides),
    )


def relations(thread: Thread, choice: Chosen) -> Markup:
    """How the replies relate to what they answer."""
    tallies = (thread.similar, thread.opposite, thread.other_conditions, thread.asks)
    if not any(tallies):
        return Markup()
    key = ("relations", language(), thread.id, tallies, choice.relation)
    return piece(key, lambda: render_template("threads/_map.html", thread=thread, choice=choice))


def jumps(thread: Thread, standing: Standing, first_unread: int | None, total: int) -> Markup:
    """The ways to the first unread post, the meeting and the last post; none where they lead nowhere."""
    if total <= FEW and not standing.next:
        return Markup()
    way = None
    if standing.next:
        is_here = standing.next == first_unread
        way = "#first-unread" if is_here else url_for("threads.show", thread_id=thread.id, at="unread")
    key = ("jumps", language(), thread.id, way, total > FEW)
    return piece(
        key,
        lambda: render_template("threads/_jumps.html", thread=thread, way=way, is_long=total > FEW),
    )


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
