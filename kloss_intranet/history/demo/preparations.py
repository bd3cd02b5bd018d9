"""What the invented steering group has noted about the questions that it prepares."""

from datetime import time
from typing import Any

from ...core import clock
from ...core.db import db
from ...steering.models import Preparation
from .season import Season, add


def noted(season: Season, line: dict[str, Any]) -> None:
    """Who prepares a question and what comes next; a question of an earlier season keeps what it has."""
    question_id = season.question[line["question"]].id
    if db.session.get(Preparation, question_id) is not None:
        return
    add(
        Preparation(
            question_id=question_id,
            owner_id=season.member[line["owner"]].id,
            next_step=line["next_step"],
            next_step_on=season.day(line["days"]),
            changed_at=clock.local(season.day(line["changed_days"]), time(9), clock.STOCKHOLM),
            changed_by_id=season.member[line["by"]].id,
        )
    )
