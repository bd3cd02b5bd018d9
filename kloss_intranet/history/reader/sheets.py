"""The eight files: which columns each has, how a cell is read, what is unique and what points where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import cells, lines
from .cells import Cell

Columns = tuple[str, ...]
RowRule = Callable[[Mapping[str, str]], str | None]


@dataclass(frozen=True)
class Reference:
    """The cells of `columns`, when filled in, stand as `target` on a line of `file`, or are `besides`."""

    columns: Columns
    file: str
    target: Columns = ("slug",)
    besides: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One file; its name without `.csv` is the name of its lines in `History`."""

    name: str
    line: type
    columns: Mapping[str, Cell]
    unique: tuple[Columns, ...]
    references: tuple[Reference, ...] = ()
    rules: tuple[RowRule, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def slug_starts_with_day(row: Mapping[str, str]) -> str | None:
    try:
        cells.day(row["on"])
    except ValueError:
        return None  # told already, as the fault of that cell
    if f"{row['slug']}-".startswith(f"{row['on']}-"):
        return None
    return f"slug: {row['slug']!r} does not start with the day; allowed: {row['on']} or {row['on']}-…"


def digital_has_no_place(row: Mapping[str, str]) -> str | None:
    if row["mode"] == "digital" and row["place"]:
        return f"place: {row['place']!r} is given for a digital meeting; allowed: (empty)"
    return None


def guest_is_told(row: Mapping[str, str]) -> str | None:
    if row["name"] or row["role"] or row["organisation"]:
        return None
    return "name, role and organisation are all empty; at least one is required"


KINDS = {"university": "university", "university_college": "university_college", "arts": "arts", "": None}
TO_MEETING = Reference(("meeting",), "meetings.csv")
ORDERED = ("meeting", "position")

SHEETS = (
    Sheet(
        "institutions",
        lines.InstitutionLine,
        {
            "slug": cells.slug,
            "name_sv": cells.text,
            "name_en": cells.text,
            "short_name": cells.text,
            "city": cells.text,
            "country": cells.country,
            "mail_domain": cells.domain,
            "kloss": cells.yes_or_empty,
            "kloss_akut": cells.yes_or_empty,
            "steering_group": cells.yes_or_empty,
            "kind": cells.choice(KINDS),
        },
        unique=(("slug",), ("name_sv",), ("mail_domain",)),
    ),
    Sheet(
        "themes",
        lines.ThemeLine,
        {"slug": cells.slug, "position": cells.position, "name_sv": cells.text, "name_en": cells.text},
        unique=(("slug",), ("position",)),
    ),
    Sheet(
        "questions",
        lines.QuestionLine,
        {"slug": cells.slug, "title": cells.text},
        unique=(("slug",), ("title",)),
    ),
    Sheet(
        "meetings",
        lines.MeetingLine,
        {
            "slug": cells.slug,
            "on": cells.day,
            "place": cells.optional,
            "kind": cells.words("ordinary", "round_table"),
            "mode": cells.choice({"on_site": "on_site", "digital": "digital", "": None}),
            # A closed list, so that reading needs no time zone database; no meeting was in another zone.
            "time_zone": cells.words("Europe/Stockholm", "Europe/Helsinki"),
            "title": cells.optional,
            "agenda_known": cells.yes_or_no,
            "hosts_known": cells.yes_or_no,
        },
        unique=(("slug",),),
        rules=(slug_starts_with_day, digital_has_no_place),
    ),
    Sheet(
        "hosts",
        lines.HostLine,
        {"meeting": cells.slug, "position": cells.position, "host": cells.slug},
        unique=(ORDERED, ("meeting", "host")),
        references=(TO_MEETING, Reference(("host",), "institutions.csv", besides=lines.STEERING_GROUP)),
    ),
    Sheet(
        "programme",
        lines.ProgrammeLine,
        {
            "meeting": cells.slug,
            "position": cells.position,
            "kind": cells.words("study_visit", "participation"),
            "title": cells.text,
        },
        unique=(ORDERED,),
        references=(TO_MEETING,),
    ),
    Sheet(
        "agenda",
        lines.AgendaLine,
        {"meeting": cells.slug, "position": cells.position, "title": cells.text, "question": cells.optional},
        unique=(ORDERED,),
        references=(TO_MEETING, Reference(("question",), "questions.csv")),
    ),
    Sheet(
        "guests",
        lines.GuestLine,
        {
            "meeting": cells.slug,
            "agenda_position": cells.position,
            "name": cells.optional,
            "role": cells.optional,
            "organisation": cells.optional,
        },
        unique=(("meeting", "agenda_position", "name", "role", "organisation"),),
        references=(Reference(("meeting", "agenda_position"), "agenda.csv", ORDERED),),
        rules=(guest_is_told,),
    ),
)
