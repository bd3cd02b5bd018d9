"""What other rows say about the posts of a page: where each was quoted, and the files beside it."""

from flask import url_for

from ...core.access import me
from .. import queries
from ..models import Thread
from ..queries.attachments import attachments_of
from ..queries.references import quotes
from .display import Around


def around(thread: Thread, rows: list[queries.PostRow]) -> dict[int, Around]:
    """By the post's id; one statement for each kind of thing a page."""
    ids, reader = [row.id for row in rows], me()
    until = None if reader.in_network else reader.reads_until
    # One who has been let into this meeting alone is not told who quotes a post elsewhere.
    is_let_in = not reader.in_network and reader.reads_until is None
    near = [Thread.meeting_id == thread.meeting_id] if is_let_in else []
    attached = attachments_of(ids, until)
    quoted = quotes(thread, ids, *near, *queries.in_time(reader))
    return {
        number: Around(
            quoted=tuple(
                (name, url_for("threads.locate", post_id=by)) for by, name in quoted.get(number, ())
            ),
            attachments=attached.get(number, ()),
            time_zone=thread.meeting.time_zone,
        )
        for number in ids
    }
