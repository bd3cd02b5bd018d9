"""Where posts have stood, and the names of places."""

from dataclasses import dataclass

from flask import render_template, url_for
from markupsafe import Markup

from ...core.access import me
from ...core.kept import piece, remembered
from ...core.language import language
from ...meetings.models import Meeting, Phase
from ..models import Thread
from ..queries import PostRow, folded_phase, moves
from .articles import Drawn, order_of


@dataclass(frozen=True)
class Pointer:
    """Stands where posts that were moved at one time stood one after the other; says nothing of where to."""

    phase: str
    seq: int
    last: int
    html: Markup


def pointers(thread: Thread, rows: list[PostRow], first: int, last: int) -> list[Pointer]:
    """The pointers between the places `first` and `last`; asks only when places are empty."""
    last = min(last, thread.last_seq)
    if len(rows) > last - first:
        return []
    until = None if me().in_network else me().reads_until
    runs: list[list[moves.Gap]] = []
    for gap in moves.gaps(thread.id, first, last, until):
        before = runs[-1][-1] if runs else None
        if before and _goes_on(before, gap, thread.meeting):
            runs[-1].append(gap)
        else:
            runs.append([gap])
    return [_pointer(run, thread.meeting) for run in runs]


def _goes_on(before: moves.Gap, gap: moves.Gap, meeting: Meeting) -> bool:
    same_side = meeting.phase_at(before.posted_at) is meeting.phase_at(gap.posted_at)
    return gap.seq == before.seq + 1 and gap.moved_at == before.moved_at and same_side


def _pointer(run: list[moves.Gap], meeting: Meeting) -> Pointer:
    html = render_template(
        "threads/_pointer.html",
        number=len(run),
        to=url_for("threads.locate", post_id=run[0].post_id),
        at=run[0].moved_at,
        time_zone=meeting.time_zone,
    )
    phase = meeting.phase_at(run[0].posted_at).value
    return Pointer(phase, run[0].seq, run[-1].seq, Markup(html))  # noqa: S704 - a template of ours


def among(drawn: list[Drawn], stood: list[Pointer]) -> list[Drawn | Pointer]:
    """Posts and pointers in reading order."""
    if not stood:
        return [*drawn]
    both: list[Drawn | Pointer] = [*drawn, *stood]
    return sorted(both, key=_place)


def _place(each: Drawn | Pointer) -> tuple[int, int, int]:
    if isinstance(each, Pointer):
        return order_of(each.phase), each.seq, each.seq
    return order_of(each.phase), each.row.root_seq, each.row.seq


def milestones(thread: Thread) -> Markup:
    """The named places that the reader sees by now, for the rail; kept while the thread stays as it is."""
    until = None if me().in_network else me().reads_until
    key = ("milestones", thread.id, thread.changes, until)
    found = remembered(key, lambda: moves.milestones(me(), thread.id))
    away = folded_phase(me(), thread) if found else None
    return piece((*key, language(), away), lambda: _milestones(thread, found, away)) if found else Markup()


def _milestones(thread: Thread, found: list[moves.Milestone], away: Phase | None) -> str:
    zone = thread.meeting.time_zone
    seen = [each for each in found if thread.meeting.phase_at(each.posted_at) is not away]
    return render_template("threads/_milestones.html", found=seen, time_zone=zone) if seen else ""
