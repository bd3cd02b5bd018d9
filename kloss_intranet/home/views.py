"""The front page, the documents everyone may read, and the operator's probes."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from markupsafe import Markup, escape

from ..core import clock
from ..core.access import actor, me, public, requires
from ..core.kept import hole, piece
from ..core.language import day, gettext, language
from ..core.policy import TABLE, Permission, may
from ..core.words import text
from ..meetings import queries as meetings
from ..meetings.models import Meeting, MeetingState
from ..questions import queries as questions
from ..threads import queries as threads
from ..threads.queries import notices
from . import queries

bp = Blueprint("home", __name__)
PLACES = [
    (Permission.HOME_READ, text("Översikt"), "home.index"),
    (Permission.THREAD_LIST, text("Nytt"), "threads.news"),
    (Permission.MEETING_LIST, text("Träffar"), "meetings.index"),
    (Permission.THEME_READ, text("Teman"), "themes.index"),
    (Permission.QUESTION_READ, text("Frågor"), "questions.index"),
    (Permission.MEMBER_READ, text("Medlemmar"), "members.index"),
    (Permission.STEERING_READ, text("Styrgruppen"), "steering.room"),
    (Permission.DESK_READ, text("Arbetsbordet"), "desk.index"),
]
UNDER = {
    "breadth": "questions",
    **dict.fromkeys(("attendance", "briefing", "materials", "minutes", "planning"), "meetings"),
    **dict.fromkeys(("announcements", "moderation", "records"), "desk"),
}
"""Areas whose pages are found under another's."""
NEWS = {"threads.news", "threads.saved"}
AT_HOME = {"threads.following", "threads.notices", "threads.drafts"}
OWN_WORDS = {"steering.contributions", "steering.new_objection", "steering.object_to"}
ANSWERS = {"steering.new_answer", "steering.answer"}
_back = hole(
    "back", lambda: str(escape(request.full_path if request.method == "GET" else url_for("home.index")))
)


@bp.get("/")
@requires(Permission.HOME_READ)
def index() -> str:
    """What is next, what is new, what is asked of me."""
    reader, now = me(), clock.now()
    all_meetings = meetings.index(reader)
    ahead = [each for each in all_meetings if each.ends_at > now and each.state is not MeetingState.CANCELLED]
    coming = next(iter(ahead), None)
    can_write = reader.in_network
    lines = notices.lines(reader)
    told = {line.thread_id: line.number for line in lines}
    return render_template(
        "home/index.html",
        coming=coming,
        days_left=(coming.starts_on - clock.today(coming.time_zone)).days if coming else 0,
        lines=lines,
        # What a line says in full is not said twice.
        new=[one for one in threads.unread_threads(reader) if told.get(one.id, 0) < one.unread],
        asked=threads.unwritten_threads(reader, coming.id) if coming and can_write else [],
        questions=questions.on_the_way(reader),
        yearline=_yearline(all_meetings),
    )


def _yearline(every: Sequence[Meeting]) -> Markup:
    """All meetings, kept as drawn while none of them changes or passes."""
    now = clock.now()
    shown = tuple(
        (each.slug, each.title, each.place, each.mode, each.starts_at, each.time_zone, each.ends_at > now)
        for each in every
    )
    hosts = tuple(host.institution_id for each in every for host in each.hosts)
    key = ("yearline", language(), shown, hosts)
    return piece(key, lambda: render_template("home/_yearline.html", meetings=every))


@bp.get("/permissions")
@requires(Permission.HOME_READ)
def permissions() -> str:
    rows = [(permission.value, rule.sentence, rule.alternatives) for permission, rule in TABLE.items()]
    return render_template("home/permissions.html", rows=rows)


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template(
        "home/documents/accessibility.html", statement=[_part(part) for part in queries.statement().values()]
    )


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template(f"home/documents/privacy.{language()}.html", contact=_contact())


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> Response:
    """The process and what it stands on answer."""
    failing = queries.failing_parts()
    body = json.dumps({"ready": not failing, "failing": failing}) + "\n"
    return Response(body, status=503 if failing else 200, mimetype="application/json")


def _contact() -> str:
    return str(current_app.config["SETTINGS"].contact)


def _part(part: dict[str, Any]) -> dict[str, Any]:
    def filled(words: str) -> str:
        return words.replace("{contact}", _contact()).replace(
            "{date}", day(part["date"]) if "date" in part else ""
        )

    spoken = language()
    link = {"url": filled(part["link"]), "text": filled(part[f"link_{spoken}"])} if "link" in part else None
    paragraphs = [filled(words.strip()) for words in part[spoken].strip().split("\n\n")]
    return {"heading": part[f"heading_{spoken}"], "paragraphs": paragraphs, "link": link}


@bp.app_context_processor
def frame() -> dict[str, Any]:
    """What stands around every page."""
    return {"masthead": _masthead, "colophon": _colophon}


def _masthead() -> Markup:
    """The areas the reader may enter, their name, the other language, the way out."""
    person = actor()
    here = (request.endpoint or "").split(".")[0]
    if here == "threads" and request.endpoint not in NEWS:
        here = "settings" if request.endpoint in AT_HOME else "meetings"
    here = UNDER.get(here, here)
    in_room = request.path.startswith(url_for("steering.room")) or request.endpoint in ANSWERS
    if here == "steering" and not in_room:
        here = "settings" if request.endpoint in OWN_WORDS else "questions"  # a dossier as all may read it
    at_home = request.path == "/"
    may_enter = tuple(may(person, permission) for permission, _label, _endpoint in PLACES)
    key = ("masthead", language(), person.name if person else None, may_enter, here, at_home)
    return piece(key, lambda: _drawn_masthead(may_enter, here, at_home))


def _drawn_masthead(may_enter: tuple[bool, ...], here: str, at_home: bool) -> str:
    items = [
        (gettext(label), url_for(endpoint), here == endpoint.split(".")[0] and (here != "home" or at_home))
        for (_permission, label, endpoint), enters in zip(PLACES, may_enter, strict=True)
        if enters
    ]
    demo = current_app.config["SETTINGS"].demo
    return render_template("layout/_masthead.html", nav_items=items, demo=demo, back=_back)


def _colophon() -> Markup:
    return piece(("colophon", language(), actor() is None), lambda: render_template("layout/_colophon.html"))
