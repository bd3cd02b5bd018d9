"""The questions in the order of their states."""

from dataclasses import dataclass
from itertools import groupby

from flask import render_template, request
from markupsafe import Markup

from ...core.access import me, requires
from ...core.language import gettext, language
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.swedish import sort_key
from ...meetings.models import Meeting
from .. import queries
from ..models import Question, QuestionState
from ..services.states import WORDS
from .blueprint import bp

# What is being worked on comes first; what rests comes last.
ORDER = (
    QuestionState.CHOSEN,
    QuestionState.IN_PREPARATION,
    QuestionState.RAISED,
    QuestionState.TREATED,
    QuestionState.FOLLOWED_UP,
    QuestionState.RESTING,
)


@dataclass(frozen=True)
class Filter:
    """A choice in the form above the list: options are (value, label)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str | None


def _place(question: Question) -> tuple[int, str]:
    return ORDER.index(question.state), sort_key(question.title)


@bp.get("/")
@requires(Permission.QUESTION_READ)
def index() -> str:
    filters = _filters()
    chosen = {each.name: each.chosen for each in filters}
    seat = me().institution_id
    choice = queries.Choice(
        state=QuestionState(chosen["state"]) if chosen["state"] else None,
        theme=chosen["theme"],
        institution_id=seat if chosen["own"] else None,
    )
    found = sorted(queries.index(me(), choice), key=_place)
    groups = [(state, list(each)) for state, each in groupby(found, lambda question: question.state)]
    return render_template("questions/index.html", groups=groups, filters=filters, choice=choice)


def _filters() -> list[Filter]:
    """The form's choices with what the address asks for; what nobody offers is not chosen."""
    offered = [
        ("state", gettext("Läge"), [(state.value, gettext(WORDS[state])) for state in ORDER]),
        ("theme", gettext("Tema"), [(theme.slug, theme.name(language())) for theme in queries.themes()]),
        (
            "own",
            gettext("Föreslagna av"),
            [("1", gettext("mitt lärosäte"))] if me().institution_id is not None else [],
        ),
    ]
    return [Filter(name, label, options, _chosen(name, options)) for name, label, options in offered]


def _chosen(name: str, options: list[tuple[str, str]]) -> str | None:
    asked = request.args.get(name)
    return asked if asked in dict(options) else None


@fills("meeting.questions")
def of_meeting(meeting: Meeting) -> Markup | str:
    if not may(me(), Permission.QUESTION_READ):
        return ""
    treatments = queries.of_meeting(meeting.id)
    return render_template("questions/_on_agenda.html", treatments=treatments) if treatments else ""
