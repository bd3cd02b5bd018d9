"""What is filled in on the way to a dossier: headings, connecting words and passages."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from ...core import text as texts
from ...core.form import Form, required
from ...core.language import gettext, lazy
from ..queries.picking import Place

LONGEST_CALLED = 60
"""Characters of a question's title in a choice, which shows on one line."""


class HeadingForm(Form):
    body = StringField(lazy("Rubrik"), [required(lazy("Skriv en rubrik."))])


class WordsForm(Form):
    body = TextAreaField(lazy("Text"), [required(lazy("Skriv något innan du sparar."))])
    is_steering = BooleanField(lazy("Styrgruppens ord"))


class PassageForm(Form):
    place = SelectField(lazy("Var i vilket underlag"), [required(lazy("Välj ett underlag."))])
    body = TextAreaField(lazy("Orden som citeras"), [required(lazy("Välj orden som ska citeras."))])


def passage_form(places: Iterable[Place], *, is_empty: bool = False) -> PassageForm:
    """With a group for each question: the end of its dossier, and each of its headings."""
    form = PassageForm(formdata=None) if is_empty else PassageForm()
    choices: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        # Questions of the same title share a group.
        group = choices.setdefault(place.question.title, [])
        called = texts.excerpt(place.question.title, LONGEST_CALLED)
        group.append((f"question-{place.question.id}", gettext("Sist i «%(question)s»", question=called)))
        for part in place.headings:
            group.append((f"heading-{part.id}", gettext("Under «%(heading)s»", heading=part.body)))
    form.place.choices = choices
    return form
