"""Posts drawn in reading order, once for all who may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from ...meetings.models import Meeting, Phase
from ..queries import PostRow
from .display import Around, show


def by_conversation(rows: Iterable[PostRow], meeting: Meeting) -> list[PostRow]:
    """A page in reading order: side by side of the meeting, and replies under what they answer."""
    return sorted(rows, key=lambda row: (order_of(meeting.phase_at(row.posted_at)), row.root_seq, row.seq))


def order_of(phase: str) -> int:
    return ORDER.index(phase)


ORDER = [phase.value for phase in Phase]
OWN = "\x02"
"""Stands in a drawn article where the acts of the one who wrote it go."""


@dataclass(frozen=True)
class Drawn:
    """A post as kept for all readers: the article in two parts, with the author's own acts between them."""

    row: PostRow
    phase: str
    head: Markup
    tail: Markup


def articles(
    rows: list[PostRow],
    meeting: Meeting,
    around: dict[int, Around],
    *,
    can_reply: bool,
    is_whole: bool = True,
) -> list[Drawn]:
    """Each post drawn, in reading order; on a page that is not whole a reply stands by itself."""
    drawn = []
    before: tuple[Any, int] | None = None
    for row in by_conversation(rows, meeting):
        phase = meeting.phase_at(row.posted_at)
        above = before[1] if is_whole and before and before[0] is phase else None
        post = show(row, meeting, can_reply=can_reply, above=above, around=around.get(row.id), has_acts=True)
        article = render_template("threads/_post.html", p=post, own=OWN)
        head, _mark, tail = article.partition(OWN)
        drawn.append(Drawn(row, phase.value, Markup(head), Markup(tail)))  # noqa: S704 - a template of ours
        before = (phase, row.root_seq)
    return drawn
