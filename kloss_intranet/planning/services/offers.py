"""Offers to host in a coming term."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ..models import HostOffer, Term

AHEAD = 8
"""Terms that can be offered for: four years."""


def term_of(day: date) -> tuple[int, Term]:
    """The term that `day` lies in; autumn begins in July."""
    return day.year, Term.SPRING if day.month < 7 else Term.AUTUMN


def coming_terms(day: date) -> list[tuple[int, Term]]:
    """The terms after the one that `day` lies in."""
    year, term = term_of(day)
    number = year * 2 + (term is Term.AUTUMN)
    return [(n // 2, Term.AUTUMN if n % 2 else Term.SPRING) for n in range(number + 1, number + 1 + AHEAD)]


def standing(day: date) -> list[HostOffer]:
    """The offers for this term and later that have not been withdrawn, in the order of the terms."""
    found = db.session.scalars(
        select(HostOffer)
        .options(joinedload(HostOffer.institution))
        .where(HostOffer.withdrawn_at.is_(None), HostOffer.year >= day.year)
    )
    from_now = term_of(day)[0] * 2 + (term_of(day)[1] is Term.AUTUMN)
    key = {offer: offer.year * 2 + (offer.term is Term.AUTUMN) for offer in found}
    kept = [offer for offer in key if key[offer] >= from_now]
    return sorted(kept, key=lambda offer: (key[offer], offer.institution.sort_key))


def offer(institution_id: int, year: int, term: Term, note: str | None, by: int) -> HostOffer:
    """Offer to host; an offer that was withdrawn stands again. Raises Refusal when it stands already."""
    if (year, term) not in coming_terms(clock.today()):
        raise Refusal(text("Välj en kommande termin."), field="term")
    found = db.session.scalar(
        select(HostOffer)
        .where(HostOffer.institution_id == institution_id, HostOffer.year == year, HostOffer.term == term)
        .with_for_update()
    )
    if found is not None and found.withdrawn_at is None:
        raise Refusal(text("Ert lärosäte har redan erbjudit sig den terminen."), field="term")
    row = found or HostOffer(institution_id=institution_id, year=year, term=term)
    row.note, row.offered_on, row.offered_by_id, row.withdrawn_at = note or None, clock.today(), by, None
    db.session.add(row)
    db.session.flush()
    record("offer:make", f"institution:{institution_id}", by, year=year, term=term)
    return row


def withdraw(row: HostOffer, by: int) -> None:
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        record("offer:withdraw", f"institution:{row.institution_id}", by, year=row.year, term=row.term)
