"""The pages of a thread: which posts stand on one, kept as drawn, and the way to the others."""

from dataclasses import dataclass, replace
from typing import Any

from babel.numbers import format_decimal
from flask import request, url_for
from flask_babel import get_locale

from ...core.access import me
from ...core.form import number
from ...core.kept import remembered
from ...core.language import gettext, language
from ...core.policy import Permission, may
from ...meetings.models import Phase
from .. import queries
from ..models import Thread
from .around import around
from .articles import Drawn, articles
from .filters import Chosen, conditions
from .pointers import Pointer, pointers


@dataclass(frozen=True)
class Leaf:
    """A page as kept for all readers alike; `first` and `last` are its posts' lowest and highest `seq`."""

    drawn: list[Drawn]
    first: int
    last: int
    has_earlier: bool
    has_later: bool
    pointers: list[Pointer]
    meets_last: bool
    """The page after this one begins when the meeting does, so that the meeting stands last on this one."""


def page_of(seq: int) -> int:
    """The `first` of the page where the post stands."""
    return (max(seq, 1) - 1) // queries.PAGE * queries.PAGE + 1


def leaf(thread: Thread, choice: Chosen, first: int, *, to: int | None = None, can_write: bool) -> Leaf:
    """The posts from `first`, or up to `to`, that `choice` leaves."""
    reader, meeting = me(), thread.meeting
    until = None if reader.in_network else reader.reads_until
    key = (
        "leaf",
        (thread.id, thread.changes, thread.last_seq),
        (meeting.starts_at, meeting.ends_at, meeting.time_zone),
        (first, to, choice),
        (language(), can_write, until, may(reader, Permission.MEMBER_READ)),
    )

    def draw() -> Leaf:
        stood: list[Pointer] = []
        belongs = (*queries.in_time(reader), *conditions(choice, meeting))
        if to is None:
            found = queries.posts_from(thread.id, first, *belongs)
            # Where posts have been moved away a page has fewer, so that every place keeps its page.
            last = first + queries.PAGE - 1
            rows = [row for row in found if choice.is_made or row.seq <= last][: queries.PAGE]
            more = found[len(rows) :]
            earlier, later = first > 1, bool(more)
            if not choice.is_made:
                stood = pointers(thread, rows, first, last)
                later = later or bool(pointers(thread, [], last + 1, thread.last_seq))
        else:
            found = queries.posts_to(thread.id, to, *belongs)
            rows, more = found[-queries.PAGE :], []
            earlier, later = len(found) > queries.PAGE, to < thread.last_seq
        drawn = articles(
            rows, meeting, around(thread, rows), can_reply=can_write, is_whole=not choice.is_made
        )
        return Leaf(
            # What is drawn need not be kept twice.
            drawn=[replace(each, row=replace(each.row, body_html="", parent_body=None)) for each in drawn],
            first=rows[0].seq if rows else first,
            last=rows[-1].seq if rows else 0,
            has_earlier=earlier,
            has_later=later,
            pointers=stood,
            meets_last=bool(more) and meeting.phase_at(more[0].posted_at) is not Phase.BEFORE,
        )

    return remembered(key, draw, _characters)


def _characters(page: Leaf) -> int:
    return sum(len(each.head) + len(each.tail) for each in page.drawn)


@dataclass(frozen=True)
class Pager:
    """Where one is, in words, and the addresses of the pages beside it."""

    label: str | None
    first: str | None
    earlier: str | None
    later: str | None
    last: str | None


def pager(thread: Thread, choice: Chosen, page: Leaf, total: int) -> Pager | None:
    """None when all stands on one page; kept, since numbers and addresses take long to write."""
    if not (page.has_earlier or page.has_later):
        return None
    ends = (page.first, page.last, page.has_earlier, page.has_later)
    key = ("pager", language(), thread.id, thread.last_seq, choice, ends, total)
    return remembered(key, lambda: _pager(thread, choice, page, total))


def _pager(thread: Thread, choice: Chosen, page: Leaf, total: int) -> Pager:
    def to(**where: Any) -> str:
        return url_for("threads.show", thread_id=thread.id, **choice.address, **where)

    if choice.is_made:
        return Pager(
            None,
            to() if page.has_earlier else None,
            to(to=page.first - 1) if page.has_earlier else None,
            to(first=page.last + 1) if page.has_later else None,
            to(to=thread.last_seq) if page.has_later else None,
        )
    before = page.first - queries.PAGE
    return Pager(
        gettext(
            "Inlägg %(first)s–%(last)s av %(total)s",
            first=_counted(page.first),
            last=_counted(page.last),
            total=_counted(total),
        ),
        to() if page.has_earlier else None,
        to(first=before if before > 1 else None) if page.has_earlier else None,
        to(first=page.first + queries.PAGE) if page.has_later else None,
        to(first=page_of(total)) if page.has_later else None,
    )


def asked(choice: Chosen, total: int) -> dict[str, Any]:
    """Which page the address asks for: a whole one of the `total` posts, or a stretch of what is chosen."""
    first = request.args.get("first", 1, type=number) or 1
    if not choice.is_made:
        return {"first": min(page_of(first), page_of(total))}
    return {"first": max(first, 1), "to": request.args.get("to", type=number)}


def _counted(seq: int) -> str:
    return format_decimal(seq, locale=get_locale() or "sv")
