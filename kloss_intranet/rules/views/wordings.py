"""The wording that holds, whether it was published or comes with the software, and how one is drawn."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app, render_template
from markupsafe import Markup

from ...core import text as texts
from ...core.kept import remembered
from ...core.language import LANGUAGES, lazy
from .. import queries
from ..models import RulesKind
from ..services import Wording

NAMES = {RulesKind.GROUND: lazy("Spelregler"), RulesKind.MODERATION: lazy("Modereringsregler")}


@dataclass(frozen=True)
class Holding:
    """What holds now; number 0 is the wording that comes with the software."""

    kind: RulesKind
    number: int
    wording: Wording
    published_at: datetime | None = None
    review_on: date | None = None

    @property
    def name(self) -> str:
        return str(NAMES[self.kind])


def holding(kind: RulesKind) -> Holding:
    found = queries.latest(kind)
    if found is None:
        return Holding(kind, 0, shipped(kind))
    sv, en = (texts.recleaned(html, found.policy) for html in (found.html_sv, found.html_en))
    wording = Wording(texts.Written(found.body_sv, sv), texts.Written(found.body_en, en))
    return Holding(kind, found.number, wording, found.published_at, found.review_on)


def shipped(kind: RulesKind) -> Wording:
    """The wording that comes with the software."""
    contact = str(current_app.config["SETTINGS"].contact)

    def drawn(language: str) -> texts.Written:
        html = texts.clean(render_template(f"rules/{kind}.{language}.html", contact=contact))
        return texts.Written(texts.to_text(html), html)

    return remembered(("rules", kind, contact), lambda: Wording(*(drawn(language) for language in LANGUAGES)))


def headed(html: str) -> Markup:
    """A wording as the text of a page of its own, where its headings come right under the page's."""
    raised = html.replace("h3>", "h2>").replace("h4>", "h3>")
    return Markup(raised)  # noqa: S704 - cleaned when it was written
