"""The letter to the one who has been given a question to prepare, which is also a line on the home page."""

from collections.abc import Collection
from datetime import date

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ...core import clock
from ...core.db import db
from ...core.language import LOCALES
from ...mail.services import Draft, enqueue_all, stops
from ...members.models import Member
from ...questions.models import Question
from ..queries.preparations import ROOM, out_of_reach
from ..services.preparations import Noted, Plan


def tell_owner(question: Question, plan: Plan, noted: Noted | None, by: int) -> None:
    """Tell the new owner, unless they have taken it themselves."""
    if noted is None or noted.new_owner_id in (None, by):
        return
    owner = db.session.get(Member, noted.new_owner_id)
    if owner is None:
        return
    link = current_app.config["SETTINGS"].base_url + ROOM
    with force_locale(LOCALES[owner.language]):
        said = {"question": question, "step": plan.next_step, "on": _day(plan.next_step_on), "link": link}
        subject = gettext("Du ansvarar för en fråga: %(title)s", title=question.title)
        plain = render_template("steering/mail/owner.txt", **said)
        html = render_template("steering/mail/owner.html", **said)
    key = f"preparation:{question.id}:{noted.version}:{owner.id}"
    conversation = f"preparation-{question.id}"
    enqueue_all([Draft(key, owner, " ".join(subject.split()), plain, html, conversation, ROOM)])


def _day(on: date | None) -> str | None:
    shown: str | None = current_app.jinja_env.filters["day"](on) if on else None
    return shown


@stops
def _out_of_the_room(letter_ids: Collection[int]) -> set[int]:
    """A letter that leads into the closed room does not go to one who may not enter it any more."""
    return out_of_reach(letter_ids, clock.today())
