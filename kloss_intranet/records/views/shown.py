"""An entry as the page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from ...audit.models import AuditEntry
from ...core.language import gettext
from . import words

PLACES: dict[str, Callable[[int], str]] = {
    "post": lambda number: url_for("threads.locate", post_id=number),
    "thread": lambda number: url_for("threads.show", thread_id=number),
    "member": lambda number: url_for("members.show", member_id=number),
    "question": lambda number: url_for("questions.show", question_id=number),
    "decision": lambda number: url_for("moderation.measure", decision_id=number),
}
OF_MEETINGS = ("meeting", "programme", "agenda", "checklist", "sign-up", "attendance", "minutes", "closing")


@dataclass(frozen=True)
class Change:
    """What had one value and got another."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    id: int
    at: datetime
    act: str
    key: str
    """The act as the file names it."""
    who: str | None
    who_url: str | None
    subject: str
    subject_name: str
    subject_url: str | None
    whence: str | None
    changes: list[Change]
    rest: list[tuple[str, str]]


def shown(entry: AuditEntry, names: Mapping[int, str]) -> Shown:
    who, details = entry.member_id, dict(entry.details or {})
    before, after = details.pop("before", None), details.pop("after", None)
    name, url = _subject(entry.subject, entry.act, names)
    return Shown(
        id=entry.id,
        at=entry.at,
        act=words.act(entry.act),
        key=entry.act,
        who=names.get(who, f"member:{who}") if who else None,
        who_url=PLACES["member"](who) if who else None,
        subject=entry.subject,
        subject_name=name,
        subject_url=url,
        whence=entry.whence,
        changes=_changes(before, after),
        rest=[(words.key(key), _said(value)) for key, value in sorted(details.items())],
    )


def _changes(before: object, after: object) -> list[Change]:
    """Each thing by name; without one, what was changed is the whole."""
    if not isinstance(before, dict) and not isinstance(after, dict):
        return [] if before is None and after is None else [Change("", _said(before), _said(after))]
    was = before if isinstance(before, dict) else {}
    now = after if isinstance(after, dict) else {}
    return [Change(words.key(key), _said(was.get(key)), _said(now.get(key))) for key in {**was, **now}]


def _said(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Ja") if value else gettext("Nej")
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_said(each)}" for key, each in value.items()) or "–"
    return words.value(str(value))


def _subject(subject: str, act: str, names: Mapping[int, str]) -> tuple[str, str | None]:
    """What the thing is called, and where it is when it has a page."""
    kind, _, number = subject.partition(":")
    if number.isdecimal():
        known = names.get(int(number)) if kind == "member" else None
        return known or words.thing(kind, number), PLACES[kind](int(number)) if kind in PLACES else None
    of_meeting = act.replace(":", ".").partition(".")[0] in (*OF_MEETINGS, "needs", "guest", "stand-in")
    if ":" not in subject and (of_meeting or act == "export.briefing"):
        return subject, url_for("meetings.show", slug=subject)
    return subject, None
