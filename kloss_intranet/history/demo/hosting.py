"""What the invented hosts have done and have left to do, and who offers to be the next."""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import exists, select

from ...core import clock
from ...core.db import db
from ...planning.models import HostOffer
from ...planning.services import offers, tasks
from .season import Season


def checklist(season: Season, line: dict[str, Any]) -> None:
    """The usual list, or the one of an earlier meeting; done as far as `done_to_days` before the meeting."""
    meeting, by = season.meeting[line["meeting"]], season.member[line["by"]].id
    copied = season.meeting[line["copied_from"]] if "copied_from" in line else None
    tasks.begin(meeting, copied, by)
    for own in line.get("own", ()):
        due = meeting.starts_on - timedelta(days=own["days_before"])
        tasks.put(meeting, None, title=own["title"], due=due, responsible=own["responsible"], by=by)
    for task in tasks.of_meeting(meeting):
        if task.days_before >= line["done_to_days"]:
            tasks.tick(meeting, task, True, by)
            task.done_at = clock.local(tasks.due_on(task, meeting), time(15), meeting.time_zone)


def offer(season: Season, line: dict[str, Any]) -> None:
    """An offer for a coming term; one that an earlier season made stands."""
    institution_id = season.institution[line["institution"]].id
    year, term = offers.coming_terms(season.today)[line["terms_ahead"] - 1]
    same = (HostOffer.institution_id == institution_id, HostOffer.year == year, HostOffer.term == term)
    if not db.session.scalar(select(exists().where(*same))):
        offers.offer(institution_id, year, term, line["note"], season.member[line["by"]].id)
