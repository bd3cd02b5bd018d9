"""Strips to test with: one on the cast's question, and dots of many institutions on it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from kloss_intranet.breadth.models import Axis, Dot
from kloss_intranet.core import clock

LOW, HIGH = "centralt uppdrag", "initiativ i ämnet"


def axis(make, cast, **columns):
    """An axis set ten days ago."""
    row = {"question_id": cast.question.id, "low_end": LOW, "high_end": HIGH, "set_by_id": cast.steering.id}
    return make.add(Axis(**row | {"set_at": clock.now() - timedelta(days=10)} | columns))


def dot(make, cast, member, place, sentence="Så ser det ut hos oss.", institution=None, **columns):
    """A dot placed an hour ago, for `institution` if there is one."""
    row = {
        "question_id": cast.question.id,
        "member_id": member.id,
        "institution_id": institution.id if institution else None,
        "signed_name": member.name,
        "signed_title": member.title,
        "place": place,
        "sentence": sentence,
        "placed_at": clock.now() - timedelta(hours=1),
    }
    return make.add(Dot(**row | columns))


def others(make, cast, *places, kind=None):
    """A dot at each of `places`, every one of another institution."""
    for place in places:
        seat = make.institution(kind=kind)
        dot(make, cast, make.member(), place, f"Därför {place} här.", seat)


def page_of(cast):
    return f"/questions/{cast.question.id}/breadth"


def place(client, cast, at, sentence="Vi gör så här.", **data):
    here = page_of(cast)
    return client.post(f"{here}/dots", {"place": str(at), "sentence": sentence} | data, here)


def dots(make):
    with make.session() as session:
        return session.scalars(select(Dot).order_by(Dot.id)).all()


def long_ago():
    return datetime(2024, 1, 15, 9, tzinfo=UTC)
