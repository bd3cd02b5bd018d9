"""One thing as a coordinator looks into it, with what can be done about it."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from ...core import text as texts
from ...core.access import me
from ...core.form import Form
from ..forms.acting import ActForm
from ..forms.reporting import GROUNDS
from ..notifications.coordinators import way_to
from ..queries import case as cases
from ..queries import things
from ..queries.wording import ACTS
from ..services import acting
from .kinds import for_moderating
from .reporting import way_back


def case(row: Any) -> ResponseReturnValue:
    return case_page(row, ActForm(formdata=None))


def case_page(row: Any, form: Form) -> str:
    """The page, with what has been filled in."""
    thing = things.thing(*things.key_of(row)) or abort(404)
    found = cases.case(thing)
    post = found.post
    words = texts.shown(post.body_html, post.policy) if post and not post.withdrawn_at else None
    return render_template(
        "moderation/case.html",
        c=found,
        thing=thing,
        words=words,
        acts=acting.possible(found.waiting),
        is_own=thing.author_id == me().member_id,
        back=way_back(thing),
        way_to=way_to,
        form=form,
        grounds=GROUNDS,
        called=ACTS,
    )


for_moderating("/moderation/{thing}", "case", "GET", case)
