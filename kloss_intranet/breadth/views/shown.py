"""What a page draws of a strip for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from ...core import clock
from ...core.access import me
from ...core.language import gettext, language
from ...core.policy import Permission, may
from ...meetings.models import Meeting, Phase
from ...members.models import Institution, InstitutionKind
from ...questions.models import Question
from .. import queries
from ..forms import DotForm
from ..models import Axis, Dot
from ..queries import Seen, Stand, Strip
from .drawing import Picture, draw
from .words import Step, nearness, steps, ways


@dataclass(frozen=True)
class Line:
    """A place in words, with why, when, and on which side of the meeting."""

    words: str
    sentence: str
    on: date
    phase: Phase | None
    signed: str


@dataclass(frozen=True)
class Entry:
    """An institution's line, and those of its earlier places."""

    name: str
    institution: Institution | None
    is_own: bool
    now: Line
    before: tuple[Line, ...]


@dataclass(frozen=True)
class Panel:
    """The stands of one type of institution, or of all, as a picture where they are enough, and in words."""

    title: str | None
    picture: Picture | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Shown:
    """`seen` is None until the reader has placed a dot or chosen to look; nothing of the others is in it."""

    question: Question
    axis: Axis
    is_open: bool
    may_place: bool
    """The reader may place a dot, or choose to look; whether the strip still takes dots, `is_open` says."""
    seen: Seen | None
    own: Entry | None
    form: DotForm | None
    steps: list[Step]
    ways: list[tuple[int, str]]
    panels: tuple[Panel, ...]
    meeting: Meeting | None


def shown(strip: Strip, form: DotForm | None = None, *, by_kind: bool = False) -> Shown | None:
    """The strip as the reader sees it, with the form as it was sent; None when there is none."""
    axis = strip.axis
    if axis is None or not strip.is_there:
        return None
    seen, may_place = queries.seen(strip, me()), may(me(), Permission.DOT_PLACE, strip)
    own = seen.own if seen else None
    if form is None and may_place and strip.is_open:
        known = {"place": own.place, "sentence": own.sentence} if own else {}
        form = DotForm(formdata=None, data=known)
    chosen = form.place.data if form and not form.place.errors else None
    teller = _Teller(axis, _meeting(strip), own)
    stands = seen.stands if seen else ()
    return Shown(
        question=strip.question,
        axis=axis,
        is_open=strip.is_open,
        may_place=may_place,
        seen=seen,
        own=next((teller.entry(stand) for stand in stands if stand.present is own), None),
        form=form,
        steps=steps(axis, chosen),
        ways=ways(axis),
        panels=tuple(_panels(stands, teller, by_kind)) if stands else (),
        meeting=teller.meeting,
    )


def _meeting(strip: Strip) -> Meeting | None:
    meeting = queries.parting(strip, clock.now())
    return meeting if meeting and may(me(), Permission.MEETING_READ, meeting) else None


def _panels(stands: Sequence[Stand], teller: "_Teller", by_kind: bool) -> list[Panel]:
    groups: list[tuple[str | None, list[Stand]]] = [(None, list(stands))]
    if by_kind:
        kinds: dict[InstitutionKind | None, str] = {
            InstitutionKind.UNIVERSITY: gettext("Universitet"),
            InstitutionKind.UNIVERSITY_COLLEGE: gettext("Högskolor"),
            InstitutionKind.ARTS: gettext("Konstnärliga högskolor"),
            None: gettext("Utan angiven typ"),
        }
        groups = [(title, [one for one in stands if _kind(one) == kind]) for kind, title in kinds.items()]
    return [
        Panel(title, draw(group), tuple(teller.entry(stand) for stand in group))
        for title, group in groups
        if group
    ]


def _kind(stand: Stand) -> InstitutionKind | None:
    return stand.institution.kind if stand.institution else None


@dataclass(frozen=True)
class _Teller:
    """Puts stands in words."""

    axis: Axis
    meeting: Meeting | None
    own: Dot | None

    def entry(self, stand: Stand) -> Entry:
        institution = stand.institution
        return Entry(
            name=institution.name(language()) if institution else stand.present.signed_name,
            institution=institution,
            is_own=stand.present is self.own,
            now=self._line(stand.present),
            before=tuple(self._line(dot) for dot in stand.earlier),
        )

    def _line(self, dot: Dot) -> Line:
        return Line(
            words=nearness(dot.place or 0, self.axis),
            sentence=dot.sentence,
            on=dot.placed_at.astimezone(ZoneInfo(clock.STOCKHOLM)).date(),
            phase=self.meeting.phase_at(dot.placed_at) if self.meeting else None,
            signed=", ".join(part for part in (dot.signed_name, dot.signed_title) if part),
        )
