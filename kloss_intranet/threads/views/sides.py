"""Each institution's experiences before, during and after the meeting, beside each other."""

from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import and_, not_, or_

from ...core.access import me
from ...core.form import number
from ...core.policy import Permission, may
from ...meetings.models import Phase
from .. import queries
from ..models import Post, Thread
from .display import show, voice_name, voice_url
from .filters import Chosen, chosen, conditions, groups
from .folding import fold_line
from .stream import head

NAMES = ("aspect", "factor")


def sides(thread: Thread) -> str:
    """One row for each institution; a page holds so many of them, and a few posts of each in a phase."""
    meeting, reader = thread.meeting, me()
    choice = chosen(NAMES)
    away = queries.folded_phase(reader, thread)
    belongs = [Post.thread_id == thread.id, *queries.in_time(reader), *conditions(choice, meeting)]
    if away:
        present = and_(*conditions(Chosen(phase=away.value), meeting))
        belongs.append(or_(Post.member_id == reader.member_id, not_(present)))
    page = queries.sides(meeting, request.args.get("after", type=number), *belongs)
    held = {phase for by_phase in page.voices.values() for phase in by_phase}
    hidden = queries.folded_count(thread.id, reader) if away else 0
    told = {Phase.BEFORE, Phase.AFTER} - ({away} if hidden else set())
    columns = [phase for phase in Phase if phase in held | told]
    rows = []
    for voice, by_phase in page.voices.items():
        cells: dict[str, tuple[list[Any], int, str | None]] = {}
        for phase in columns:
            side = by_phase.get(phase)
            posts = [show(row, meeting) for row in side.posts] if side else []
            rest = side.total - len(posts) if side else 0
            whole = replace(choice, phase=phase.value, institution=voice.slug) if voice.slug else None
            cells[phase.value] = (posts, rest, _thread(thread, whole) if whole else None)
        rows.append((voice_name(voice), voice_url(voice), voice.is_invented, cells))
    return render_template(
        "threads/sides.html",
        thread=thread,
        meeting=meeting,
        head=head(thread, by_sides=True),
        rows=rows,
        columns=[phase.value for phase in columns],
        choice=choice,
        filters=groups(choice, lambda other: _sides(thread, other), NAMES),
        later=_sides(thread, choice, after=page.after) if page.after else None,
        is_later="after" in request.args,
        folded=fold_line(thread, hidden),
        can_write=may(reader, Permission.POST_WRITE, thread),
    )


def _sides(thread: Thread, choice: Chosen, **more: Any) -> str:
    return url_for("threads.show", thread_id=thread.id, view="sides", **choice.address, **more)


def _thread(thread: Thread, choice: Chosen) -> str:
    return url_for("threads.show", thread_id=thread.id, **choice.address)
