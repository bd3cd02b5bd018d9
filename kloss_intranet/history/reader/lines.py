"""What the history holds once it has been read: one frozen class for each kind of line."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

STEERING_GROUP = "steering-group"
"""Stands in hosts.csv where the network's steering group was host."""


@dataclass(frozen=True)
class InstitutionLine:
    slug: str
    name_sv: str
    name_en: str
    short_name: str
    city: str
    country: str
    mail_domain: str
    kloss: bool
    kloss_akut: bool
    steering_group: bool
    kind: Literal["university", "university_college", "arts"] | None
    """What the law calls it; `None` where that has not been looked up (decision 0019)."""


@dataclass(frozen=True)
class ThemeLine:
    slug: str
    position: int
    name_sv: str
    name_en: str


@dataclass(frozen=True)
class QuestionLine:
    slug: str
    title: str


@dataclass(frozen=True)
class MeetingLine:
    """A gathering; `None` and `False` in the last columns are gaps in the source, not facts."""

    slug: str
    on: date
    place: str | None
    kind: Literal["ordinary", "round_table"]
    mode: Literal["on_site", "digital"] | None
    time_zone: str
    title: str | None
    agenda_known: bool
    hosts_known: bool


@dataclass(frozen=True)
class HostLine:
    """A host of a meeting: the slug of an institution, or `STEERING_GROUP`."""

    meeting: str
    position: int
    host: str

    @property
    def is_steering_group(self) -> bool:
        return self.host == STEERING_GROUP


@dataclass(frozen=True)
class ProgrammeLine:
    meeting: str
    position: int
    kind: Literal["study_visit", "participation"]
    title: str


@dataclass(frozen=True)
class AgendaLine:
    meeting: str
    position: int
    title: str
    question: str | None


@dataclass(frozen=True)
class GuestLine:
    """A guest on one agenda item; at least one of name, role and organisation is known."""

    meeting: str
    agenda_position: int
    name: str | None
    role: str | None
    organisation: str | None


@dataclass(frozen=True)
class History:
    """All lines of all files, each in the order of its file."""

    institutions: tuple[InstitutionLine, ...]
    themes: tuple[ThemeLine, ...]
    questions: tuple[QuestionLine, ...]
    meetings: tuple[MeetingLine, ...]
    hosts: tuple[HostLine, ...]
    programme: tuple[ProgrammeLine, ...]
    agenda: tuple[AgendaLine, ...]
    guests: tuple[GuestLine, ...]
