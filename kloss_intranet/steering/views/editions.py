"""A dossier as published, and what the page of its question says of it."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from ...core import text as texts
from ...core.access import me, requires
from ...core.policy import Permission, may
from ...core.slots import fills
from ...questions.models import Question
from ..queries.editions import Cited, Heading, Node
from ..queries.reading import Readable, edition_of, readable
from .blueprint import bp


@dataclass(frozen=True)
class ShownNode:
    """A part of an edition as templates/steering/_edition.html draws it."""

    kind: str
    node: Node
    html: Markup


def _published(question_id: int) -> Readable | None:
    return readable(question_id, me())


@bp.get("/questions/<int:question_id>/dossier", endpoint="published")
@requires(Permission.DOSSIER_READ, find=_published)
def show(found: Readable) -> str:
    nodes = [_shown(node) for node in found.edition.nodes]
    return render_template(
        "steering/edition.html", question=found.question, edition=found.edition, nodes=nodes
    )


@fills("question.dossier")
def of_question(question: Question) -> str:
    """The way to the dossier as published, and for those who write on it to the draft."""
    edition = edition_of(question.id, me())
    can_read = edition is not None and may(me(), Permission.DOSSIER_READ, edition)
    can_write = may(me(), Permission.DOSSIER_WRITE)
    if not can_read and not can_write:
        return ""
    return render_template(
        "steering/_of_question.html",
        question=question,
        edition=edition if can_read else None,
        can_write=can_write,
    )


def _shown(node: Node) -> ShownNode:
    if isinstance(node, Heading):
        return ShownNode("heading", node, Markup())
    if isinstance(node, Cited):
        return ShownNode("passage", node, texts.shown(texts.to_html(node.passage)))
    return ShownNode("words", node, texts.shown(node.html, node.policy))
