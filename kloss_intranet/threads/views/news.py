"""Everything that is new for a reader, by meeting and thread."""

from contextlib import suppress
from itertools import groupby
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.text import excerpt
from .. import queries
from ..services import reading as marks
from .blueprint import bp
from .display import voice_name

THREADS, POSTS = 20, 5
"""Threads on a page, and unread posts told of in each."""


@bp.get("/new")
@requires(Permission.THREAD_LIST)
def news() -> str:
    after = request.args.get("after", type=number)
    found = queries.unread_threads(me(), THREADS + 1, after=after, told=POSTS)
    threads = found[:THREADS]
    posts = queries.excerpts(me(), threads)
    meetings: list[tuple[Any, list[Any]]] = [
        (meeting, [(thread, posts.get(thread.id, [])) for thread in group])
        for meeting, group in groupby(threads, lambda thread: thread.meeting)
    ]
    return render_template(
        "threads/new_posts.html",
        meetings=meetings,
        threads=threads,
        voice_name=voice_name,
        excerpt=excerpt,
        most=queries.MOST,
        is_later=after is not None,
        later=url_for("threads.news", after=threads[-1].id) if len(found) > THREADS else None,
    )


@bp.post("/new/readings")
@requires(Permission.NEWS_MARK)
def read_news() -> ResponseReturnValue:
    """Take the threads that a page told of as read, each up to the last post there was when it was shown."""
    shown: dict[int, int] = {}
    for pair in request.form.getlist("shown")[:THREADS]:
        thread_id, _, seq = pair.partition(":")
        with suppress(ValueError):
            shown[number(thread_id)] = number(seq)
    for thread in queries.threads_among(shown):
        if may(me(), Permission.THREAD_MARK, thread):
            marks.mark_all_read(thread, me(), shown[thread.id])
    db.session.commit()
    flash_done(gettext("Allt på sidan är märkt som läst."))
    return redirect(url_for("threads.news"), 303)
