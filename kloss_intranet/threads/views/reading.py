"""Reading a thread: the time line with the meeting in it, and the sides per institution."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.form import number
from ...core.language import language
from ...core.policy import Permission, may
from ...core.swedish import sort_key
from ...meetings.models import MeetingState, Phase
from .. import queries, services
from ..forms import ExperienceForm, ReplyForm
from ..models import Post, Thread
from .blueprint import bp
from .display import articles, remembered, show, voice_name, voice_url


@dataclass(frozen=True)
class Divider:
    """The meeting as it stands in the time line."""

    state: str
    meeting: Any


@bp.get("/threads/<int:thread_id>", endpoint="show")
@requires(Permission.THREAD_READ, find=queries.thread)
def show_thread(thread: Thread) -> ResponseReturnValue:
    if request.args.get("view") == "sides":
        return sides(thread)
    parent = answered(thread, request.args)
    form = ReplyForm(formdata=None) if parent else ExperienceForm(formdata=None)
    return timeline(thread, form, parent)


def answered(thread: Thread, sent: MultiDict[str, str]) -> Post | None:
    """The post that `reply_to` names; one in another thread is as good as none."""
    wanted = sent.get("reply_to", type=number)
    parent = queries.post(wanted) if wanted else None
    return parent if parent and parent.thread_id == thread.id else None


def timeline(
    thread: Thread, form: ExperienceForm | ReplyForm, parent: Post | None = None, preview: Any = None
) -> str:
    """The page of a thread, also when a form comes back with errors or a preview."""
    reader = me()
    first = max(request.args.get("first", 1, type=number) or 1, 1)
    if preview is not None or form.errors:
        first = max(thread.last_seq - queries.PAGE + 1, 1)
    can_write = may(reader, Permission.POST_WRITE, thread)
    until = reader.reads_until if not reader.in_network else None
    meeting = thread.meeting
    key = (
        db.engine.url.database,
        thread.id,
        thread.last_seq,
        meeting.starts_at,
        meeting.ends_at,
        meeting.time_zone,
        first,
        language(),
        can_write,
        until,
    )

    def draw() -> tuple[list[Any], bool]:
        rows = [row for row in queries.posts_from(thread.id, first) if until is None or row.posted_at < until]
        return articles(rows[: queries.PAGE], meeting, can_reply=can_write), len(rows) > queries.PAGE

    drawn, more = remembered(key, draw)
    read = queries.reading_of(thread.id, reader.member_id)
    return render_template(
        "threads/show.html",
        thread=thread,
        meeting=meeting,
        drawn=drawn,
        is_held=meeting.state in (MeetingState.HELD, MeetingState.CLOSED),
        phase_now=meeting.phase_at(clock.now()),
        read=read,
        first_unread=min(
            (row.seq for row, _phase, _html in drawn if row.seq > read and row.member_id != reader.member_id),
            default=None,
        ),
        earlier=url_for("threads.show", thread_id=thread.id, first=max(first - queries.PAGE, 1))
        if first > 1
        else None,
        later=url_for("threads.show", thread_id=thread.id, first=first + queries.PAGE) if more else None,
        last_seq=max((row.seq for row, _phase, _html in drawn), default=0),
        can_write=can_write,
        form=form,
        parent=parent,
        preview=preview,
        limit=services.LONGEST_POST,
    )


def sides(thread: Thread) -> str:
    """One row for each institution, its experiences before and after the meeting beside each other."""
    meeting = thread.meeting
    until = me().reads_until if not me().in_network else None
    rows = []
    phases = {Phase.BEFORE, Phase.AFTER}
    for voice, posts in queries.sides(thread.id).items():
        cells: dict[str, list[Any]] = {phase.value: [] for phase in Phase}
        for row in posts:
            if until is None or row.posted_at < until:
                phase = meeting.phase_at(row.posted_at)
                phases.add(phase)
                cells[phase.value].append(show(row, meeting))
        if any(cells.values()):
            rows.append((voice_name(voice), voice_url(voice), voice.is_invented, cells))
    rows.sort(key=lambda row: sort_key(row[0]))
    columns = [phase.value for phase in Phase if phase in phases]
    return render_template("threads/sides.html", thread=thread, meeting=meeting, rows=rows, columns=columns)


@bp.get("/posts/<int:post_id>")
@requires(Permission.POST_READ, find=queries.post)
def locate(post: Post) -> ResponseReturnValue:
    """Lead to the page of the thread where the post stands."""
    first = (post.seq - 1) // queries.PAGE * queries.PAGE + 1
    return redirect(
        url_for(
            "threads.show",
            thread_id=post.thread_id,
            first=first if first > 1 else None,
            _anchor=f"p{post.id}",
        ),
        303,
    )


@bp.post("/threads/<int:thread_id>/readings")
@requires(Permission.THREAD_MARK, find=queries.thread)
def read(thread: Thread) -> ResponseReturnValue:
    services.mark_read(thread, me(), request.form.get("seq", 0, type=number) or 0)
    db.session.commit()
    return redirect(url_for("threads.show", thread_id=thread.id), 303)
