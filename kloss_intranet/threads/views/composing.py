"""The form below the posts of a thread."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.kept import piece
from ...core.language import language
from ...core.policy import Permission, may
from ..forms import ExperienceForm, ReplyForm
from ..models import Post, Thread
from ..services import publishing
from .drafts import composer, filled


def composing(
    thread: Thread,
    form: ExperienceForm | ReplyForm,
    parent: Post | None,
    preview: Any,
    quotation: str | None,
) -> Markup:
    """The form below the posts; an empty one is kept as drawn."""
    can_write = may(me(), Permission.POST_WRITE, thread)
    phase_now = thread.meeting.phase_at(clock.now())
    kept = filled(form, *composer(thread, parent), quotation) if can_write else None

    def draw() -> str:
        return render_template(
            "threads/_composer.html",
            thread=thread,
            can_write=can_write,
            phase_now=phase_now,
            form=form,
            kept=kept,
            parent=parent,
            preview=preview,
            limit=publishing.LONGEST_POST,
        )

    is_empty = kept is not None and not (kept.draft or kept.fields or kept.html or parent or form.errors)
    if kept is None or not is_empty or preview is not None:
        return Markup(draw())  # noqa: S704 - a template of ours
    key = ("composer", language(), thread.id, phase_now, me().member_id, me().name, kept.page, kept.spot)
    return piece(key, draw)
