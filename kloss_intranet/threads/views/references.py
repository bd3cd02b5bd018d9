"""What the editor offers while one writes, and where a thread, a meeting or a question was mentioned."""

from dataclasses import asdict

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import clock
from ...core.access import me, requires
from ...core.kept import piece
from ...core.language import language
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.text import tidy
from ...meetings.models import Meeting
from ...questions.models import Question
from ..models import ReferenceKind, Thread
from ..queries import named, references
from ..queries.unread import kind
from .blueprint import bp

LONGEST_QUERY = 60


@bp.get("/mentions")
@requires(Permission.MEMBER_READ)
def mentions() -> ResponseReturnValue:
    """People and institutions whose names begin as typed after `@`."""
    words = _typed()
    return _list(named.named_like(words, clock.today()) if words else [])


@bp.get("/references", endpoint="references")
@requires(Permission.THREAD_LIST)
def offer_references() -> ResponseReturnValue:
    """Threads, questions and meetings called as typed after `#`."""
    words = _typed()
    return _list(named.titled_like(me(), words) if words else [])


def _typed() -> str:
    return tidy(request.args.get("q", "")[:LONGEST_QUERY])


def _list(found: list[named.Found]) -> ResponseReturnValue:
    return jsonify([asdict(each) for each in found])


@fills("thread.mentions")
def of_thread(thread: Thread) -> Markup:
    """Kept, for every page of the thread asks and few threads are linked to."""
    key = ("mentions", language(), thread.id, thread.changes, kind(me()))
    return piece(key, lambda: _mentions(ReferenceKind.THREAD, thread.id))


@fills("meeting.mentions")
def of_meeting(meeting: Meeting) -> Markup:
    return _mentions(ReferenceKind.MEETING, meeting.id) if may(me(), Permission.THREAD_LIST) else Markup()


@fills("question.mentions")
def of_question(question: Question) -> Markup:
    return _mentions(ReferenceKind.QUESTION, question.id)


def _mentions(of: ReferenceKind, target_id: int) -> Markup:
    found = references.mentions(me(), of, target_id)
    return Markup(render_template("threads/_mentions.html", found=found) if found else "")  # noqa: S704
