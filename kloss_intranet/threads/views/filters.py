"""What a view of posts is narrowed to: read from the address, said in words, and drawn as links."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, select

from ...core.language import gettext, language
from ...meetings.models import Meeting, Phase
from ...members.models import Institution
from ..forms import ASPECTS, FACTORS, RELATIONS
from ..models import Post

Link = tuple[str, str, bool]
"""Words, address, and whether this is what is chosen."""
Group = tuple[str, list[Link]]
Seats = tuple[tuple[str, str, str], ...]
"""Institutions that may be chosen: slug, Swedish name, English name."""


@dataclass(frozen=True)
class Chosen:
    """One value of each kind, or None for all."""

    phase: str | None = None
    aspect: str | None = None
    factor: str | None = None
    relation: str | None = None
    institution: str | None = None

    @property
    def is_made(self) -> bool:
        return self != Chosen()

    @property
    def address(self) -> dict[str, Any]:
        """As it stands in an address."""
        return {name: value for name, value in asdict(self).items() if value}


def phases() -> list[tuple[str, str]]:
    names = (gettext("Inför"), gettext("Under"), gettext("Efter"))
    return list(zip([phase.value for phase in Phase], names, strict=True))


def relations() -> list[tuple[str, str]]:
    return [(value, words) for value, words in RELATIONS if value]


def chosen(names: Iterable[str], institutions: Seats = ()) -> Chosen:
    """What the address asks for among `names`; a value that does not exist is as good as none."""
    known = {
        "phase": {phase.value for phase in Phase},
        "aspect": {value for value, _words in ASPECTS},
        "factor": {value for value, _words in FACTORS},
        "relation": {value for value, _words in RELATIONS if value},
        "institution": {slug for slug, _sv, _en in institutions},
    }
    given = {name: request.args.get(name) for name in names}
    return Chosen(**{name: value for name, value in given.items() if value in known[name]})


def conditions(choice: Chosen, meeting: Meeting) -> list[ColumnElement[bool]]:
    """The posts of a thread of `meeting` that `choice` leaves; what does not stand is never among them."""
    if not choice.is_made:
        return []
    wanted: list[ColumnElement[bool]] = [Post.stands.expression]
    if choice.phase == Phase.BEFORE:
        wanted.append(Post.posted_at < meeting.starts_at)
    elif choice.phase == Phase.DURING:
        wanted += [Post.posted_at >= meeting.starts_at, Post.posted_at < meeting.ends_at]
    elif choice.phase == Phase.AFTER:
        wanted.append(Post.posted_at >= meeting.ends_at)
    return wanted + columns(choice)


def columns(choice: Chosen) -> list[ColumnElement[bool]]:
    """All that `choice` asks of a post but the phase, which takes a meeting to tell."""
    wanted = [
        column == value
        for column, value in (
            (Post.aspect, choice.aspect),
            (Post.factor, choice.factor),
            (Post.relation, choice.relation),
        )
        if value
    ]
    if choice.institution:
        seat = select(Institution.id).where(Institution.slug == choice.institution).scalar_subquery()
        wanted.append(Post.institution_id == seat)
    return wanted


def groups(
    choice: Chosen,
    to: Callable[[Chosen], str],
    names: Iterable[str],
    institutions: Seats = (),
) -> list[Group]:
    """The links for components/nav.filters: each changes one kind and leaves the others as they are."""
    seats = [(slug, en if language() == "en" else sv) for slug, sv, en in institutions]
    kinds: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "phase": (gettext("När"), phases()),
        "aspect": (gettext("Handlar om"), ASPECTS),
        "factor": (gettext("Faktor"), FACTORS),
        "relation": (gettext("Svar"), relations()),
        "institution": (gettext("Lärosäte"), seats),
    }
    drawn: list[Group] = []
    for name in names:
        label, values = kinds[name]
        now = getattr(choice, name)
        links = [(gettext("Alla"), to(replace(choice, **{name: None})), now is None)]
        links += [(str(words), to(replace(choice, **{name: value})), now == value) for value, words in values]
        drawn.append((label, links))
    return drawn


def said(choice: Chosen, institutions: Seats) -> str:
    """How the view is narrowed, in words: `Inför · Metod · Björkö universitet`."""
    words = {
        **dict(phases()),
        **dict(ASPECTS),
        **dict(FACTORS),
        **dict(relations()),
        **{slug: en if language() == "en" else sv for slug, sv, en in institutions},
    }
    return " · ".join(str(words[value]) for value in asdict(choice).values() if value)
