"""The form below the posts of a thread."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.kept import piece
from ...core.language import language
from ...core.policy import Permission, may
from .. import queries
from ..forms import ExperienceForm, ReplyForm
from ..models import Post, Thread
from ..services import publishing
from .drafts import composer, filled


def composing(
    thread: Thread,
    form: ExperienceForm | ReplyForm | None,
    parent: Post | None,
    preview: Any,
    quotation: str | None,
) -> Markup:
    """The form below the posts; an empty one is kept as drawn."""
    writer = me()
    can_write = may(writer, Permission.POST_WRITE, thread)
    phase_now = thread.meeting.phase_at(clock.now())
    place = composer(thread, parent)
    is_empty = form is None and can_write and queries.draft_at(writer.member_id, *place) is None

    def draw() -> str:
        form_or_new = form or ExperienceForm(formdata=None)
        return render_template(
            "threads/_composer.html",
            thread=thread,
            can_write=can_write,
            phase_now=phase_now,
            form=form_or_new,
            kept=filled(form_or_new, *place, quotation) if can_write else None,
            parent=parent,
            preview=preview,
            limit=publishing.LONGEST_POST,
        )

    if not is_empty:
        return Markup(draw())  # noqa: S704 - a template of ours
    return piece(("composer", language(), thread.id, phase_now, writer.member_id, writer.name), draw)
