"""After a measure: its author is told what and why, and those who reported that it has been looked at."""

from collections.abc import Collection

from flask_babel import gettext
from sqlalchemy import select

from ...core.access import as_member
from ...core.db import db
from ...mail.models import Letter
from ...mail.services import Draft, enqueue, enqueue_all, seen
from ...members.models import Member
from ..models import Act, Answer, Decision
from ..queries.measures import others, reporters
from ..queries.things import thing
from . import answers, reports
from .answers import measure_page
from .frame import Words, worded
from .sentences import TOLD, about, done, meaning, mine, title_for

MEASURE, THANKS = "measure:", "report-settled:"
OWN = "/moderation/own"


def told(decision: Decision) -> None:
    """Write the letters that follow from `decision`, in the transaction of the act. Twice makes no more.

    The author gets what was done, the reason, the role and the way to answer; never who reported. Those who
    reported get a thank-you that says nothing of the author. What the coordinators were
    told of reports and answers which are settled by now is over.
    """
    settled = answers.settle(decision)
    _tell_author(decision, settled)
    if ids := reporters(decision.id):
        reports.settled(decision.subject_kind, decision.subject_id)
        _thank(ids, decision)


def _tell_author(decision: Decision, settled: list[Answer]) -> None:
    if decision.author_id is None or decision.author_id == decision.decided_by_id:
        return
    if decision.act not in TOLD and not settled:
        return
    author = db.session.get(Member, decision.author_id)
    if author is None or author.closed_at is not None:
        return
    kind = decision.subject_kind
    title = title_for(as_member(author.id), thing(kind, decision.subject_id))

    def words() -> Words:
        heard = [gettext("Koordinatorn har läst ditt svar.")] if settled else []
        asked = [(gettext("Det här ber koordinatorn om"), decision.to_author)] if decision.to_author else []
        means = meaning(decision.act)
        return Words(
            about(kind, title),
            [*heard, done(decision.act, mine(kind, title))],
            gettext("Du får det här mailet för att åtgärden gäller något som är ditt."),
            [(gettext("Skäl"), decision.reason), *asked],
            [
                *([means] if means else []),
                gettext(
                    "Det är gjort i rollen som koordinator. Skälet står i modereringens protokoll, som "
                    "koordinatorerna och styrgruppen läser."
                ),
                gettext("Vill du svara, eller be att det prövas igen? Gör det på sidan:"),
            ],
        )

    # The latest about a thing is the one that holds.
    seen(author.id, Letter.path.in_([measure_page(each.id) for each in others(decision)]))
    path = measure_page(decision.id)
    subject, plain, html = worded(words, path)(author.language)
    enqueue(f"{MEASURE}{decision.id}", author, subject=subject, plain=plain, html=html, path=path)


def _thank(reporter_ids: Collection[int], decision: Decision) -> None:
    """Not the coordinator who acted, and not an author who reported something of their own."""
    ids = set(reporter_ids) - {decision.decided_by_id, decision.author_id}
    query = select(Member).where(Member.id.in_(ids), Member.closed_at.is_(None)).order_by(Member.id)
    members = db.session.scalars(query).all()

    def words() -> Words:
        changed = decision.act is not Act.DISMISS
        return Words(
            gettext("Tack för din anmälan"),
            [
                gettext("Koordinatorn har gått igenom det du anmälde."),
                gettext("Det har lett till en åtgärd.")
                if changed
                else gettext("Den här gången blev det ingen åtgärd. Det var rätt att höra av sig ändå."),
                gettext(
                    "Skälen lämnas till den det gäller. Vem som har anmält får den personen aldrig veta."
                ),
            ],
            gettext("Du får det här mailet för att du har anmält något."),
            after=[gettext("Dina anmälningar finns på sidan:")],
        )

    in_language = worded(words, OWN)
    enqueue_all(
        [
            Draft(f"{THANKS}{decision.id}:{one.id}", one, *in_language(one.language), None, OWN)
            for one in members
        ]
    )
