"""Locking a thread and unlocking it, pinning it and letting it go."""

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import Form
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import text
from ...threads import queries as threads
from ...threads.models import Thread
from ..notifications import arranged
from ..services import arranging
from ..services.arranging import Arranged
from .arranging import filled, is_elsewhere, thread_page
from .blueprint import bp
from .placing import DONE_ALREADY

Doing = Callable[[Thread, Form], Arranged | None]
DOINGS: dict[str, tuple[str, str, Doing]] = {
    "lock": (
        "locks",
        text("Tråden är låst. Den går att läsa men inte att skriva i."),
        lambda thread, form: arranging.lock(thread, form["words"].data or "", me(), form["reason"].data),
    ),
    "unlock": (
        "unlocks",
        text("Tråden är öppen igen."),
        lambda thread, form: arranging.unlock(thread, me(), form["reason"].data),
    ),
    "pin": (
        "pins",
        text("Tråden står nu först bland träffens trådar."),
        lambda thread, form: arranging.pin(thread, me(), form["reason"].data),
    ),
    "unpin": (
        "unpins",
        text("Tråden står nu bland de andra."),
        lambda thread, form: arranging.unpin(thread, me(), form["reason"].data),
    ),
}
"""By the act its noun in addresses, what is said when it is done, and how."""


def _doing(act: str) -> Callable[[Thread], ResponseReturnValue]:
    _noun, said, do = DOINGS[act]

    def view(thread: Thread) -> ResponseReturnValue:
        form = filled(act, thread)
        if not is_elsewhere(thread) and not form.validate():
            return thread_page(thread, act, form), 422
        done = None if is_elsewhere(thread) else do(thread, form)
        if done is not None:
            readers = arranged.followers(thread, but=me().member_id) if act == "lock" else {}
            arranged.tell(done, thread.title, readers, me().member_id)
        db.session.commit()
        flash_done(gettext(said if done is not None else DONE_ALREADY))
        return redirect(url_for("threads.show", thread_id=thread.id), 303)

    return view


for _act, (_noun, _said, _do) in DOINGS.items():
    _guarded = requires(Permission.THREAD_MODERATE, find=threads.thread)(_doing(_act))
    bp.add_url_rule(f"/threads/<int:thread_id>/{_noun}", _act, _guarded, methods=["POST"])
