"""What moderation draws beside a post in its thread: reporting it, looking into it, and why it is hidden."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from ...core.access import me
from ...core.kept import piece
from ...core.language import language
from ...core.policy import Permission, may
from ...core.slots import fills
from ...threads.models import Post
from ..queries.quoting import quoting


@fills("post.more")
def reporting(shown: Any) -> Markup:
    """Among what every reader may do with a post that stands."""
    if shown.withdrawn or shown.hidden:
        return Markup()
    return Markup(render_template("moderation/_report.html", p=shown))  # noqa: S704 - a template of ours


@fills("case.hiding")
def reach(post: Post | None) -> Markup:
    """What hiding a post does not reach: the quotations of it in other posts, each a case of its own."""
    if post is None or not (found := quoting(post.id)):
        return Markup()
    return Markup(render_template("moderation/_quoted.html", quoting=found))  # noqa: S704 - ours


@fills("post.acts")
def of_post(subject: Any) -> Markup:
    """For coordinators the case, and for the author of a hidden post what was done and why."""
    row, _thread = subject
    reader = me()
    is_hidden_own = row.hidden_at is not None and row.member_id == reader.member_id
    moderates = may(reader, Permission.POST_MODERATE, row)
    if not (is_hidden_own or moderates):
        return Markup()
    said = {"post_id": row.id, "is_hidden_own": is_hidden_own, "moderates": moderates}
    key = ("post-moderation", language(), *said.values())
    return piece(key, lambda: render_template("moderation/_beside.html", **said))
