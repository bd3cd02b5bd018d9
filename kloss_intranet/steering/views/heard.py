"""Who is heard in a question: in full for those who write its dossier, by kind for members."""

from flask import render_template
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.language import lazy
from ...core.slots import fills
from ...members.models import InstitutionKind
from ...questions.models import Question
from ..queries import heard
from ..queries.dossiers import Desk

KINDS = {
    InstitutionKind.UNIVERSITY: lazy("Universitet"),
    InstitutionKind.UNIVERSITY_COLLEGE: lazy("Högskolor"),
    InstitutionKind.ARTS: lazy("Konstnärliga högskolor"),
    None: lazy("Utan angiven typ"),
}


@fills("dossier.rail")
def of_dossier(desk: Desk) -> Markup:
    groups = heard.seats(desk.question.id, clock.today())
    sides = heard.sides(desk.question.id, me())
    page = render_template("steering/_heard.html", groups=groups, sides=sides, kinds=KINDS)
    return Markup(page)  # noqa: S704 - a template of ours


@fills("question.steering")
def of_question(question: Question) -> Markup:
    """For the network, whoever reads: which kinds of institution are heard, and never who is not."""
    if not me().in_network:
        return Markup()
    kinds = heard.kinds(question.id, clock.today())
    page = render_template("steering/_heard_kinds.html", kinds=kinds, names=KINDS) if kinds else ""
    return Markup(page)  # noqa: S704 - a template of ours
