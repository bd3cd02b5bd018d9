"""The coordinators are told that an author has answered, until a measure settles the answer."""

from flask_babel import gettext
from sqlalchemy import or_, select

from ...core import clock
from ...core.db import db
from ...mail.models import Letter
from ...mail.services import Draft, enqueue_all, seen, supersede
from ..models import Answer, Decision
from ..queries.people import coordinators
from .coordinators import ANSWER, page_of, why
from .frame import Words, worded


def tell_of_answer(answer: Answer, measure: Decision) -> None:
    """Tell every coordinator but the author; the words stand in the queue and not in the letter.

    What the author was told of the measure leaves their home page: they have read it.
    """
    seen(answer.member_id, Letter.path == measure_page(measure.id))
    path = page_of(measure.subject_kind, measure.subject_id)

    def words() -> Words:
        return Words(
            gettext("Ett svar väntar i modereringen"),
            [gettext("Någon har svarat på en åtgärd som gäller något eget. Svaret står i ärendet:")],
            why(),
        )

    in_language = worded(words, path)
    readers = [one for one in coordinators(clock.today()) if one.id != answer.member_id]
    enqueue_all(
        [
            Draft(f"{ANSWER}{answer.id}:{one.id}", one, *in_language(one.language), None, path)
            for one in readers
        ]
    )


def measure_page(decision_id: int) -> str:
    """Where the author reads what was done and why, and answers."""
    return f"/moderation/measures/{decision_id}"


def settle(decision: Decision) -> list[Answer]:
    """The author's answers that `decision` has settled; what the coordinators were told of them is over."""
    settled = list(db.session.scalars(select(Answer).where(Answer.settled_by_id == decision.id)))
    if settled:
        told = or_(*(Letter.key.startswith(f"{ANSWER}{each.id}:") for each in settled))
        readers = set(db.session.scalars(select(Letter.member_id).where(told)))
        supersede([each for each in readers if each is not None], told)
    return settled
