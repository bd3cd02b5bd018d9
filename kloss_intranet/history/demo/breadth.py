"""The invented breadth strips, signed with the mandates that those who placed a dot hold."""

from datetime import time
from typing import Any

from ...breadth.models import Axis, Dot
from ...core import clock
from ...core.db import db
from .season import Season, add


def strip(season: Season, line: dict[str, Any]) -> None:
    """An axis with its dots in the order of time; a question of an earlier season keeps the one it has."""
    question_id = season.question[line["question"]].id
    if db.session.get(Axis, question_id) is not None:
        return
    ends = {"low_end": line["low_end"], "high_end": line["high_end"]}
    set_at = clock.local(season.day(line["set_days"]), time(9), clock.STOCKHOLM)
    set_by_id = season.member[line["set_by"]].id
    add(Axis(question_id=question_id, set_at=set_at, set_by_id=set_by_id, **ends))
    for dot in sorted(line["dot"], key=lambda dot: dot["days"]):
        member, mandate = season.member[dot["by"]], season.mandate[dot["by"]]
        add(
            Dot(
                question_id=question_id,
                member_id=member.id,
                institution_id=mandate.institution_id,
                signed_name=member.name,
                signed_title=mandate.title,
                place=dot["place"],
                sentence=dot["sentence"],
                placed_at=clock.local(season.day(dot["days"]), time(10), clock.STOCKHOLM),
            )
        )
