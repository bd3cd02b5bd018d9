"""The invented questions and meetings, with programme, agenda and those let in for their sake."""

import unicodedata
from datetime import time
from typing import Any

from sqlalchemy import select, update

from ...core import clock
from ...core.db import db
from ...meetings import models as meetings
from ...meetings.services import stays_until
from ...members.models import Origin
from ...questions.models import Question, QuestionState, Treatment
from . import voices
from .season import Season, add

LET_IN = (meetings.AdmissionKind.HOST, meetings.AdmissionKind.GUEST)


def question(season: Season, line: dict[str, Any], starts: dict[str, int]) -> None:
    """Raised well before the first meeting that treats it; an earlier season's is used again."""
    present = db.session.scalar(select(Question).where(Question.slug == line["slug"]))
    raised = min((starts[key] for key in line["meetings"]), default=60) - 75
    if present is not None:
        season.question[line["slug"]] = present
        return
    planted = season.question[line["slug"]] = add(
        Question(
            slug=line["slug"],
            title=line["title"],
            state=QuestionState(line["state"]),
            reason=line["reason"].strip(),
            raised_by_id=season.member[line["raised_by"]].id,
            raised_at=clock.local(season.day(raised), time(9), clock.STOCKHOLM),
            origin=Origin.INVENTED,
        )
    )
    voices.said(season, line, planted)


def meeting(season: Season, line: dict[str, Any]) -> None:
    """A meeting with its hosts, themes, programme and agenda."""
    zone, last = line["time_zone"], season.day(line["end"]["days"])
    ahead = line["end"]["days"] >= 0
    meeting = season.meeting[line["key"]] = add(
        meetings.Meeting(
            slug=f"{last}-{_ascii(line['place'])}",
            title=line["title"],
            kind=meetings.MeetingKind(line["kind"]),
            mode=meetings.MeetingMode(line["mode"]),
            state=meetings.MeetingState(line.get("state", "open" if ahead else "held")),
            starts_at=season.moment(line["start"], zone),
            ends_at=season.moment(line["end"], zone),
            time_zone=zone,
            place=line["place"],
            venue=line["venue"],
            introduction=line["introduction"].strip(),
            asked=line["asked"].strip(),
            previous_id=season.meeting[line["previous"]].id if "previous" in line else None,
            origin=Origin.INVENTED,
        )
    )
    for position, slug in enumerate(line["hosts"], 1):
        add(
            meetings.Host(
                meeting_id=meeting.id, position=position, institution_id=season.institution[slug].id
            )
        )
    for slug in line["themes"]:
        add(meetings.MeetingTheme(meeting_id=meeting.id, theme_id=season.theme[slug]))
    for position, part in enumerate(line["programme"], 1):
        planted = add(
            meetings.ProgrammeItem(
                meeting_id=meeting.id,
                position=position,
                kind=meetings.ProgrammeKind(part["kind"]),
                title=part["title"],
                place=part["place"],
                starts_at=season.moment(part["start"], zone),
                ends_at=season.moment(part["end"], zone),
                description=part["description"].strip(),
                takes_sign_ups="sign_up_by" in part,
                capacity=part.get("capacity"),
                sign_up_by=season.moment(part["sign_up_by"], zone) if "sign_up_by" in part else None,
            )
        )
        if "key" in part:
            season.part[line["key"], part["key"]] = planted.id
    for position, part in enumerate(line["agenda"], 1):
        _matter(season, meeting, position, part, season.part.get((line["key"], part.get("part", ""))))


def admission(season: Season, line: dict[str, Any]) -> None:
    """Let the person into the meeting they host or are a guest of, and for a while after it."""
    member = season.member[line["key"]]
    for kind in LET_IN:
        meeting = season.meeting.get(line.get(f"{kind}_of", ""))
        if meeting:
            ends_on = stays_until(meeting, kind)
            add(meetings.Admission(meeting_id=meeting.id, member_id=member.id, kind=kind, ends_on=ends_on))
            items = select(meetings.AgendaItem.id).where(meetings.AgendaItem.meeting_id == meeting.id)
            written = (meetings.Guest.agenda_item_id.in_(items), meetings.Guest.name == member.name)
            db.session.execute(update(meetings.Guest).where(*written).values(member_id=member.id))


def _matter(
    season: Season, meeting: meetings.Meeting, position: int, part: dict[str, Any], of_part: int | None
) -> None:
    item = add(
        meetings.AgendaItem(
            meeting_id=meeting.id,
            position=position,
            title=part["title"],
            minutes=part["minutes"],
            responsible=season.member[part["responsible"]].name,
            description=part.get("description"),
            programme_item_id=of_part,
        )
    )
    for guest in part.get("guests", ()):
        add(meetings.Guest(agenda_item_id=item.id, **guest))
    if "question" in part:
        add(Treatment(agenda_item_id=item.id, question_id=season.question[part["question"]].id))


def _ascii(place: str) -> str:
    plain = unicodedata.normalize("NFKD", place.casefold()).encode("ascii", "ignore").decode()
    return "-".join(plain.split())
