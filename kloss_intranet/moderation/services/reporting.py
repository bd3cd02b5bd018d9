"""Reporting something to the coordinators, and reminding them of what waits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update

from ...audit.services import record
from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...threads.services.turns import wait_for_turn
from ..models import Ground, Report
from ..queries import queue
from ..queries.things import Thing

LONGEST = 2000
"""Characters in the reporter's own words."""
MOST_OPEN = 20
"""Reports of one member that may wait at a time: each is a letter to every coordinator."""

TOO_LONG = text("Skriv högst %(most)d tecken.")
GONE = text("Det visas inte längre för någon, så det finns inget kvar att anmäla.")
OWN = text("Det är ditt eget. Du kan själv ändra det eller dra tillbaka det.")


def report(thing: Thing, by: Actor, ground: Ground, words: str) -> Report | None:
    """A member's report of `thing`; None when it is there already, in the same words.

    Raises Refusal when the member has another open report of it, or when there is nothing to report.
    """
    words = texts.tidy(words)
    if len(words) > LONGEST:
        raise Refusal(TOO_LONG, field="words", most=LONGEST)
    if ground is Ground.OTHER and not words:
        raise Refusal(text("Skriv med egna ord vad det gäller."), field="words")
    if reason := refusal(thing, by):
        raise Refusal(reason, status=409)
    wait_for_turn(by.member_id)
    earlier = queue.open_report(by.member_id, thing.kind, thing.id)
    if earlier is not None:
        if (earlier.ground, earlier.words) == (ground, words):
            return None
        raise Refusal(
            text("Du har redan anmält det här, och koordinatorn har inte svarat än. Du får svaret som mail."),
            status=409,
        )
    if len(queue.open_reports(Report.member_id == by.member_id)) >= MOST_OPEN:
        sentence = text("Du har %(most)d anmälningar som väntar. Anmäl mer när koordinatorn har sett dem.")
        raise Refusal(sentence, status=429, most=MOST_OPEN)
    made = Report(
        subject_kind=thing.kind,
        subject_id=thing.id,
        version=thing.version if isinstance(thing.version, int) else None,
        member_id=by.member_id,
        ground=ground,
        words=words,
        reported_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    # Named by its own number: a coordinator who has written the thing reads the log too.
    record("report.make", f"report:{made.id}", by.member_id, ground=ground.value)
    return made


def refusal(thing: Thing, by: Actor) -> str | None:
    """Why `thing` cannot be reported, in a sentence; None when it can."""
    if not thing.stands or thing.is_under_hidden:
        return GONE
    return OWN if thing.author_id == by.member_id else None


def note_reminded(now: datetime) -> list[Report]:
    """The open reports that have waited for queue.PATIENCE since they came or were last reminded of.

    They are marked as reminded of at `now`, once, however many ask at the same time.
    """
    before = now - queue.PATIENCE
    touched = func.coalesce(Report.reminded_at, Report.reported_at)
    ids = db.session.scalars(
        update(Report)
        .where(Report.settled_by_id.is_(None), touched <= before)
        .values(reminded_at=now)
        .returning(Report.id)
        .execution_options(synchronize_session=False)
    ).all()
    return _reports(ids)


def _reports(ids: Collection[int]) -> list[Report]:
    return list(db.session.scalars(select(Report).where(Report.id.in_(ids)).order_by(Report.id)))
