"""The meetings ahead with what is missing, and who has hosted when."""

from typing import Any

from flask import render_template

from ...core import clock
from ...core.access import me, requires
from ...core.form import Form, options
from ...core.policy import Permission, may
from .. import queries
from ..forms import OfferForm
from ..models import HostOffer, HostTask, Term
from ..services import offers
from .blueprint import bp
from .labels import days_left, missing, term


@bp.get("/planning/")
@requires(Permission.PLANNING_READ)
def index() -> str:
    return page(offer_form() if may(me(), Permission.OFFER_WRITE) else None)


def offer_form() -> OfferForm:
    form = OfferForm()
    form.term.choices = options(
        [(f"{year}-{which.value}", term(which, year)) for year, which in offers.coming_terms(clock.today())]
    )
    return form


def page(form: Form | None) -> str:
    today, coming, ledger = clock.today(), queries.coming(clock.now()), queries.ledger()
    standing = offers.standing(today)
    left: dict[int, list[HostTask]] = {}
    for task in queries.tasks_of([meeting.id for meeting in coming]):
        left.setdefault(task.meeting_id, []).append(task)
    ahead = [(each, missing(each, left.get(each.id, [])), days_left(each)) for each in coming]
    covered = {offers.term_of(meeting.starts_on) for meeting in coming}
    free = [one for one in offers.coming_terms(today) if one not in covered]
    return render_template(
        "planning/index.html",
        form=form,
        ahead=ahead,
        free=[_free(one, standing) for one in free[: queries.AHEAD - len(ahead)]],
        lines=[line for line in ledger if line.meetings],
        never=[line.institution for line in ledger if not line.meetings],
        offers=standing,
        now=clock.now(),
    )


def _free(one: tuple[int, Term], standing: list[HostOffer]) -> dict[str, Any]:
    """A term without a meeting, and who has offered to host in it."""
    year, which = one
    return {"year": year, "term": which, "offers": [o for o in standing if (o.year, o.term) == one]}
