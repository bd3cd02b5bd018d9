"""Plants the invented season around today: two meetings, their people, questions and threads."""

import tomllib
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..auth.services import hash_password
from ..core import clock, text
from ..core.db import db
from ..core.swedish import sort_key
from ..meetings import models as meetings
from ..members.models import Institution, Mandate, Member, Origin, Role, RoleKind
from ..questions.models import Question, QuestionState, Treatment
from ..themes.models import Theme
from ..threads.models import Aspect, Audience, Factor, Post, PostKind, Relation, Thread

PASSWORD = "klossnet-demo-2026"  # noqa: S105 - invented people need no secret
SEASON = Path(__file__).parent / "season"
STAY = {meetings.AdmissionKind.HOST: timedelta(days=30), meetings.AdmissionKind.GUEST: timedelta(days=14)}
LONG_AGO = -1500


def people() -> list[dict[str, Any]]:
    """The invented people, as their file has them."""
    return _lines("people", "person")


def is_real() -> bool:
    """Whether the database has members and none of them is invented."""
    origins = set(db.session.scalars(select(Member.origin).distinct()))
    return bool(origins) and Origin.INVENTED not in origins


def plant(today: date) -> bool:
    """Plant the season and commit; False when there is one whose coming meeting is still ahead.

    Needs the themes of the history. A season of the past stays, and a new one is planted beside it.
    """
    ahead = select(meetings.Meeting.id).where(
        meetings.Meeting.origin == Origin.INVENTED, meetings.Meeting.ends_at > clock.day_begins(today)
    )
    if db.session.scalar(ahead.limit(1)) is not None:
        return False
    Planting(today).run()
    db.session.commit()
    return True


def _lines(name: str, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((SEASON / f"{name}.toml").read_text("utf-8"))[kind]
    return found


class Planting:
    """One season on its way into the database; what is planted is remembered by its key in the files."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.theme = {theme.slug: theme.id for theme in db.session.scalars(select(Theme))}
        self.institution: dict[str, Institution] = {}
        self.member: dict[str, Member] = {}
        self.mandate: dict[str, Mandate] = {}
        self.meeting: dict[str, meetings.Meeting] = {}
        self.question: dict[str, Question] = {}

    def run(self) -> None:
        for line in _lines("institutions", "institution"):
            self.institution[line["slug"]] = _once(
                Institution.slug, line["slug"], lambda line=line: _institution(line)
            )
        password_hash = hash_password(PASSWORD)
        for line in people():
            self._person(line, password_hash)
        schedule = _lines("meetings", "meeting")
        starts = {line["key"]: line["start"]["days"] for line in schedule}
        for line in _lines("questions", "question"):
            self.question[line["slug"]] = _once(
                Question.slug, line["slug"], lambda line=line: self._question(line, starts)
            )
        for line in schedule:
            self._meeting(line)
        for line in people():
            self._admission(line)
        for line in _lines("threads", "thread"):
            self._thread(line)
        db.session.flush()

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _moment(self, at: dict[str, Any], zone: str) -> datetime:
        return clock.local(self._day(at["days"]), time.fromisoformat(at["clock"]), zone)

    def _person(self, line: dict[str, Any], password_hash: str) -> None:
        present = db.session.scalar(select(Member).where(Member.email == line["email"]))
        seat = self.institution.get(line.get("institution", ""))
        if present is not None:
            self.member[line["key"]] = present
            held = db.session.scalars(select(Mandate).where(Mandate.member_id == present.id)).first()
            if held:
                self.mandate[line["key"]] = held
            return
        begins = line.get("mandate_from_days", LONG_AGO)
        ends = line.get("mandate_to_days")
        member = self.member[line["key"]] = _add(
            Member(
                email=line["email"],
                name=line["name"],
                sort_key=sort_key(line["name"]),
                affiliation=line.get("affiliation"),
                title=None if seat else line["title"],
                password_hash=password_hash,
                created_at=clock.day_begins(self._day(begins)),
                origin=Origin.INVENTED,
            )
        )
        if seat:
            self.mandate[line["key"]] = _add(
                Mandate(
                    member_id=member.id,
                    institution_id=seat.id,
                    title=line["title"],
                    starts_on=self._day(begins),
                    ends_on=None if ends is None else self._day(ends),
                )
            )
        for role in line["roles"]:
            _add(Role(member_id=member.id, kind=RoleKind(role), starts_on=self._day(begins)))

    def _question(self, line: dict[str, Any], starts: dict[str, int]) -> Question:
        raised = min((starts[key] for key in line["meetings"]), default=60) - 75
        return Question(
            slug=line["slug"],
            title=line["title"],
            state=QuestionState(line["state"]),
            reason=line["reason"].strip(),
            raised_by_id=self.member[line["raised_by"]].id,
            raised_at=clock.local(self._day(raised), time(9), clock.STOCKHOLM),
            origin=Origin.INVENTED,
        )

    def _meeting(self, line: dict[str, Any]) -> None:
        zone, last = line["time_zone"], self._day(line["end"]["days"])
        ahead = line["end"]["days"] >= 0
        meeting = self.meeting[line["key"]] = _add(
            meetings.Meeting(
                slug=f"{last}-{_ascii(line['place'])}",
                title=line["title"],
                kind=meetings.MeetingKind(line["kind"]),
                mode=meetings.MeetingMode(line["mode"]),
                state=meetings.MeetingState.OPEN if ahead else meetings.MeetingState.HELD,
                starts_at=self._moment(line["start"], zone),
                ends_at=self._moment(line["end"], zone),
                time_zone=zone,
                place=line["place"],
                venue=line["venue"],
                introduction=line["introduction"].strip(),
                asked=line["asked"].strip(),
                origin=Origin.INVENTED,
            )
        )
        for position, slug in enumerate(line["hosts"], 1):
            _add(
                meetings.Host(
                    meeting_id=meeting.id, position=position, institution_id=self.institution[slug].id
                )
            )
        for slug in line["themes"]:
            _add(meetings.MeetingTheme(meeting_id=meeting.id, theme_id=self.theme[slug]))
        for position, part in enumerate(line["programme"], 1):
            _add(
                meetings.ProgrammeItem(
                    meeting_id=meeting.id,
                    position=position,
                    kind=meetings.ProgrammeKind(part["kind"]),
                    title=part["title"],
                    place=part["place"],
                    starts_at=self._moment(part["start"], zone),
                    ends_at=self._moment(part["end"], zone),
                    description=part["description"].strip(),
                )
            )
        for position, part in enumerate(line["agenda"], 1):
            self._matter(meeting, position, part)

    def _matter(self, meeting: meetings.Meeting, position: int, part: dict[str, Any]) -> None:
        item = _add(
            meetings.AgendaItem(
                meeting_id=meeting.id,
                position=position,
                title=part["title"],
                minutes=part["minutes"],
                responsible=self.member[part["responsible"]].name,
            )
        )
        for guest in part.get("guests", ()):
            _add(meetings.Guest(agenda_item_id=item.id, **guest))
        if "question" in part:
            _add(Treatment(agenda_item_id=item.id, question_id=self.question[part["question"]].id))

    def _admission(self, line: dict[str, Any]) -> None:
        for kind, stay in STAY.items():
            meeting = self.meeting.get(line.get(f"{kind}_of", ""))
            if meeting:
                ends_on = meeting.ends_at.date() + stay
                member_id = self.member[line["key"]].id
                _add(
                    meetings.Admission(meeting_id=meeting.id, member_id=member_id, kind=kind, ends_on=ends_on)
                )

    def _thread(self, line: dict[str, Any]) -> None:
        meeting = self.meeting[line["meeting"]]
        zone = meeting.time_zone
        question = self.question.get(line.get("question", ""))
        posts = sorted(line["post"], key=lambda post: self._moment(post["at"], zone))
        thread = _add(
            Thread(
                meeting_id=meeting.id,
                theme_id=self.theme[line["theme"]],
                question_id=question.id if question else None,
                audience=Audience(line["audience"]),
                title=line["title"],
                introduction=line["introduction"],
                opened_by_id=self.member[line["opened_by"]].id,
                opened_at=self._moment({"days": line["opened_days"], "clock": "08:00"}, zone),
                last_seq=len(posts),
                last_posted_at=self._moment(posts[-1]["at"], zone),
            )
        )
        planted: dict[str, Post] = {}
        for seq, post in enumerate(posts, 1):
            parent = planted.get(post.get("reply_to", ""))
            planted[post["id"]] = _add(self._post(post, thread, seq, parent, self._moment(post["at"], zone)))

    def _post(
        self, line: dict[str, Any], thread: Thread, seq: int, parent: Post | None, at: datetime
    ) -> Post:
        member, mandate = self.member[line["by"]], self.mandate.get(line["by"])
        body = text.tidy(line["body"])
        return Post(
            thread_id=thread.id,
            seq=seq,
            root_seq=parent.root_seq if parent else seq,
            parent_id=parent.id if parent else None,
            kind=PostKind(line["kind"]),
            relation=Relation(line["relation"]) if "relation" in line else None,
            aspect=Aspect(line["aspect"]) if "aspect" in line else None,
            factor=Factor(line["factor"]) if "factor" in line else None,
            context=line.get("context"),
            body=body,
            body_html=text.to_html(body),
            policy=text.POLICY,
            posted_at=at,
            member_id=member.id,
            mandate_id=mandate.id if mandate else None,
            institution_id=mandate.institution_id if mandate else None,
            signed_name=member.name,
            signed_title=mandate.title if mandate else member.title,
        )


def _institution(line: dict[str, Any]) -> Institution:
    return Institution(**line, sort_key=sort_key(line["name_sv"]), in_kloss=False, origin=Origin.INVENTED)


def _once(column: Any, key: str, make: Callable[[], Any]) -> Any:
    """The row with `key`, made if it is not there."""
    return db.session.scalar(select(column.class_).where(column == key)) or _add(make())


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _ascii(place: str) -> str:
    plain = unicodedata.normalize("NFKD", place.casefold()).encode("ascii", "ignore").decode()
    return "-".join(plain.split())
