"""The invented answers to the coming meeting: who comes to what, who waits, and who sends somebody else."""

from datetime import time
from typing import Any

from sqlalchemy import select

from ...attendance.models import SignUp
from ...attendance.services import needs, seats, standing_in
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from .season import Season

WHOM = "koordinatorn"


def answer(season: Season, line: dict[str, Any]) -> None:
    """Given as the member would give it, so that the last seat goes to whoever was first."""
    meeting, who = season.meeting["coming"], actor(season, line["by"])
    comes = {season.part["coming", key]: True for key in line["comes"]}
    stays_away = {season.part["coming", key]: False for key in line.get("stays_away", ())}
    said, by = comes | stays_away, who.member_id
    seats.answer(meeting, by, who.institution_id, said, by=by, late=WHOM)
    own = select(SignUp).where(SignUp.member_id == by, SignUp.programme_item_id.in_(said))
    for row in db.session.scalars(own):
        row.queued_at = row.answered_at = clock.local(season.day(line["days"]), time(11), clock.STOCKHOLM)
    needs.write(meeting, by, line.get("diet"), line.get("access"))
    if "sends" in line:
        sent = season.member[line["sends"]]
        member, _is_new = standing_in.find_or_make(meeting, who, sent.name, sent.email)
        standing_in.begin(meeting, who, member)


def actor(season: Season, key: str) -> Actor:
    """The person as one who is signed in."""
    member, mandate = season.member[key], season.mandate.get(key)
    return Actor(
        token="",
        session_id=0,
        member_id=member.id,
        name=member.name,
        title=member.title,
        language="sv",
        mandate_id=mandate.id if mandate else None,
        institution_id=mandate.institution_id if mandate else None,
        roles=frozenset(),
        hosted=frozenset(),
        invited=frozenset(),
        reads_until=None,
    )
