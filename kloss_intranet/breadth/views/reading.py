"""The strip on its own page, and in the page of its question."""

from flask import render_template, request
from markupsafe import Markup

from ...core.access import me, requires
from ...core.policy import Permission, may
from ...core.slots import fills
from ...questions.models import Question
from .. import queries
from ..forms import DotForm
from ..queries import Strip
from .blueprint import bp
from .shown import shown


@bp.get("/<int:question_id>/breadth")
@requires(Permission.BREADTH_READ, find=queries.strip)
def show(strip: Strip) -> str:
    return page(strip)


def page(strip: Strip, form: DotForm | None = None) -> str:
    """The whole strip; with the form as it was sent, when it was refused."""
    by_kind = request.args.get("by") == "kind"
    strip_shown = shown(strip, form, by_kind=by_kind)
    return render_template("breadth/show.html", shown=strip_shown, by_kind=by_kind)


@fills("question.breadth")
def of_question(question: Question) -> Markup:
    strip = queries.of(question)
    can_set = may(me(), Permission.BREADTH_SET, strip)
    found = shown(strip) if may(me(), Permission.BREADTH_READ, strip) else None
    parts = queries.of_parts(question.id) if me().in_network else ()
    if found is None and not can_set and not parts:
        return Markup()
    drawn = render_template(
        "breadth/_of_question.html", question=question, shown=found, parts=parts, can_set=can_set
    )
    return Markup(drawn)  # noqa: S704 - a template of ours
