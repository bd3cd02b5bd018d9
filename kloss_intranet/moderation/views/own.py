"""What a member meets of moderation: what was done with their own, and what they have reported."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from ...core import clock
from ...core.access import me, requires
from ...core.language import gettext
from ...core.policy import Actor, Permission, may
from ...core.slots import fills
from ..models import Act, SubjectKind
from ..notifications.sentences import done, mine
from ..queries import own as queries
from ..queries.wording import ACTS
from .blueprint import bp


@bp.get("/moderation/own")
@requires(Permission.CONTRIBUTION_READ)
def own() -> str:
    reader = me()
    values: dict[str, Any] = {
        "met": queries.met(reader),
        "reported": queries.reported(reader),
        "sentence": sentence,
        "act": named,
    }
    return render_template("moderation/own.html", **values)


def sentence(act: Act, kind: SubjectKind, title: str | None) -> str:
    """What the coordinator has done, said to whose thing it is."""
    return done(act, mine(kind, title))


def named(act: Act) -> str:
    return gettext(ACTS[act])


@fills("home.lines")
def at_home(reader: Actor) -> str | Markup:
    """The way to one's own matters, while something lately was done or an answer waits."""
    if not queries.has_current(reader.member_id, clock.now()):
        return ""
    return Markup(render_template("moderation/_at_home.html"))  # noqa: S704 - a template of ours


@fills("steering.room")
def in_the_room(reader: Actor) -> str | Markup:
    """The way to the record, in the steering group's room."""
    if not may(reader, Permission.DECISION_LIST):
        return ""
    return Markup(render_template("moderation/_in_the_room.html"))  # noqa: S704 - a template of ours
