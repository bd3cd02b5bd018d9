"""The letter that tells the network of a published dossier, which is also a line on the home page."""

from collections.abc import Collection
from functools import cache

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ...core import clock
from ...core.language import LOCALES
from ...mail.queries import to_others_than
from ...mail.services import Draft, enqueue_all, stops
from ...members.queries import serving
from ...questions.models import Question
from ..models import Edition

KEY = "edition:"


def tell_of_edition(question: Question, edition: Edition, by: int) -> None:
    """Tell everyone in the network but `by`, once an edition. It holds no member's words, only the way."""
    path = f"/questions/{question.id}/dossier"
    link = current_app.config["SETTINGS"].base_url + path

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            said = {"title": question.title, "number": edition.number, "link": link}
            subject = gettext("Underlag: %(title)s", title=question.title)
            plain = render_template("steering/mail/edition.txt", **said)
            return " ".join(subject.split()), plain, render_template("steering/mail/edition.html", **said)

    key = f"{KEY}{edition.dossier_id}:{edition.number}"
    # A conversation is one line on the home page, however many editions wait to be read.
    conversation = f"dossier-{question.id}"
    readers = [one for one in serving(clock.today()) if one.id != by]
    enqueue_all([Draft(f"{key}:{one.id}", one, *worded(one.language), conversation, path) for one in readers])


@stops
def _to_those_who_left(letter_ids: Collection[int]) -> set[int]:
    """A letter that has waited does not go to one who has left the network meanwhile."""
    return to_others_than(lambda: serving(clock.today()), letter_ids, KEY)
