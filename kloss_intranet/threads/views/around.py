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
    ids = [row.id for row in rows]
    until = None if me().in_network else me().reads_until
    attached, quoted = attachments_of(ids, until), quotes(thread, ids, *queries.in_time(me()))
    return {
        number: Around(
            quoted=tuple(
                (name, url_for("threads.locate", post_id=by)) for by, name in quoted.get(number, ())
            ),
            attachments=attached.get(number, ()),
        )
        for number in ids
    }
