"""A new meeting: from scratch, after the pattern of an earlier one, or in the usual pattern."""

import enum
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...meetings.models import AgendaItem, Meeting, MeetingState, ProgrammeItem, ProgrammeKind
from ...meetings.services import last_day
from ...questions import services as questions_of
from ...questions.models import Question
from . import facts as facts_of
from .belonging import add_hosts_and_themes
from .facts import Facts

TAKEN = text("En annan träff har redan den adressen. Skriv en annan, till exempel med en siffra sist.")
NAMES = {
    ProgrammeKind.STUDY_VISIT: text("Studiebesök"),
    ProgrammeKind.DINNER: text("Middag"),
    ProgrammeKind.FULL_DAY: text("Heldag"),
    ProgrammeKind.DIGITAL_SESSION: text("Digital del"),
    ProgrammeKind.PARTICIPATION: text("Deltagande i annat arrangemang"),
}
"""Written as they stand, whatever language the planner reads: everybody reads them, in the network's."""


USUAL_START, USUAL_END = time(13, 30), time(15, 30)


class Way(enum.StrEnum):
    SCRATCH = "scratch"
    PREVIOUS = "previous"
    USUAL = "usual"


def plan(
    facts: Facts, *, slug: str, way: Way, previous: Meeting | None, questions: Sequence[Question], by: int
) -> Meeting:
    """A planned meeting, with `questions` on its agenda. Raises Refusal, also when the address is taken."""
    facts_of.check_link(facts.link_url)
    slug = slug or _address(facts)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 80:
        sentence = text("Adressen består av små bokstäver a–z, siffror och bindestreck.")
        raise Refusal(sentence, field="slug")
    if facts_of.is_taken(slug):
        raise Refusal(TAKEN, field="slug")
    meeting = Meeting(
        slug=slug,
        state=MeetingState.PLANNED,
        previous_id=previous.id if previous else None,
        **facts_of.as_columns(facts),
    )
    parts = _parts(meeting, way, previous)
    try:
        with db.session.begin_nested():
            db.session.add(meeting)
            db.session.flush()
    except IntegrityError:
        raise Refusal(TAKEN, field="slug") from None
    add_hosts_and_themes(meeting, facts.hosts, facts.themes)
    for position, part in enumerate(parts, 1):
        part.meeting_id, part.position = meeting.id, position
        db.session.add(part)
    questions_of.hold(*(question.id for question in questions))
    for position, question in enumerate(questions, 1):
        item = AgendaItem(meeting_id=meeting.id, position=position, title=question.title)
        db.session.add(item)
        db.session.flush()
        questions_of.put_on(item.id, question.id)
    db.session.flush()
    record("meeting:plan", meeting.slug, by, way=way.value)
    return meeting


def local_time(at: datetime, zone: str) -> time:
    """What clocks in `zone` show."""
    return at.astimezone(ZoneInfo(zone)).time()


def _address(facts: Facts) -> str:
    """The last day and the place: `2027-04-14-testhamn`."""
    zone = ZoneInfo(facts.time_zone)
    day = (facts.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    plain = unicodedata.normalize("NFKD", (facts.place or "").casefold()).encode("ascii", "ignore").decode()
    return "-".join([str(day), *re.findall(r"[a-z0-9]+", plain)[:4]])[:80].strip("-")


def _parts(meeting: Meeting, way: Way, previous: Meeting | None) -> list[ProgrammeItem]:
    if way is Way.USUAL:
        return _usual(meeting)
    if way is Way.PREVIOUS and previous is not None:
        return _copied(meeting, previous)
    return []


def _usual(meeting: Meeting) -> list[ProgrammeItem]:
    """Study visit and dinner the day before, then a full day."""
    first, last = meeting.starts_on, last_day(meeting)
    if first == last:
        sentence = text("Det vanliga mönstret börjar dagen före heldagen. Låt träffen vara två dagar.")
        raise Refusal(sentence, field="ends_on")
    visit, day = ProgrammeKind.STUDY_VISIT, ProgrammeKind.FULL_DAY
    if not meeting.times_known:
        kinds = (visit, ProgrammeKind.DINNER, day)
        return [_part(meeting, kind, None, None) for kind in kinds]
    return [
        _part(meeting, visit, meeting.starts_at, meeting.starts_at + timedelta(hours=3)),
        _part(
            meeting,
            ProgrammeKind.DINNER,
            _at(meeting, first, time(18, 30)),
            _at(meeting, first, time(21, 30)),
        ),
        _part(meeting, day, _at(meeting, last, time(9)), meeting.ends_at),
    ]


def _copied(meeting: Meeting, previous: Meeting) -> list[ProgrammeItem]:
    """The same kinds of parts, as many days in and at the same clock times; nothing of what was in them."""
    zone = ZoneInfo(previous.time_zone)

    def moved(at: datetime | None) -> datetime | None:
        if at is None or not meeting.times_known:
            return None
        shown = at.astimezone(zone)
        day = meeting.starts_on + (shown.date() - previous.starts_on)
        return _at(meeting, day, shown.time())

    return [
        _part(meeting, part.kind, moved(part.starts_at), moved(part.ends_at)) for part in previous.programme
    ]


def _at(meeting: Meeting, day: date, at: time) -> datetime | None:
    try:
        return clock.local(day, at, meeting.time_zone)
    except ValueError:
        return None


def _part(
    meeting: Meeting, kind: ProgrammeKind, start: datetime | None, end: datetime | None
) -> ProgrammeItem:
    """Without times where they would fall outside the meeting: they are then still to be set."""
    fits = start and end and meeting.starts_at <= start < end <= meeting.ends_at
    return ProgrammeItem(
        kind=kind,
        title=NAMES[kind],
        starts_at=start if fits else None,
        ends_at=end if fits else None,
        takes_sign_ups=kind in (ProgrammeKind.STUDY_VISIT, ProgrammeKind.DINNER, ProgrammeKind.FULL_DAY),
    )
