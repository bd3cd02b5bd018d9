"""Finding people, institutions, threads, questions and meetings by the beginning of a name."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ...members.models import Institution, Mandate, Member, Role
from ...questions.models import Question
from ..models import Thread
from .listing import visible


@dataclass(frozen=True)
class Found:
    """Something whose name begins as the reader types."""

    label: str
    detail: str
    url: str


def named_like(words: str, day: date, most: int = 8) -> list[Found]:
    """People and institutions with a word that begins with `words`."""
    people = (
        select(Member.id, Member.name, Institution.name_sv)
        .outerjoin(
            Mandate,
            (Mandate.member_id == Member.id)
            & (Mandate.starts_on <= day)
            & or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
        )
        .outerjoin(Institution, Institution.id == Mandate.institution_id)
        .where(Member.closed_at.is_(None), _active(day))
        .order_by(Member.sort_key)
    )
    seats = select(Institution.slug, Institution.name_sv, Institution.short_name, Institution.city).order_by(
        Institution.sort_key
    )
    found = [
        Found(name, seat or "", f"/members/{number}")
        for number, name, seat in db.session.execute(people)
        if _begins(words, name)
    ]
    found += [
        Found(name, city, f"/members/institutions/{slug}")
        for slug, name, short, city in db.session.execute(seats)
        if _begins(words, f"{name} {short}")
    ]
    return found[:most]


def _begins(words: str, name: str) -> bool:
    wanted = words.casefold()
    return name.casefold().startswith(wanted) or any(
        part.startswith(wanted) for part in name.casefold().split()
    )


def titled_like(reader: Actor, words: str, most: int = 8) -> list[Found]:
    """Threads, questions and meetings with `words` in their title, the latest first."""
    pattern = "%" + re.sub(r"([\\%_])", r"\\\1", words) + "%"
    threads = (
        select(Thread)
        .join(Thread.meeting)
        .options(contains_eager(Thread.meeting))
        .where(visible(reader), Thread.title.ilike(pattern, escape="\\"))
        .order_by(Thread.id.desc())
        .limit(most)
    )
    found = [
        Found(each.title, str(each.meeting.starts_on), f"/threads/{each.id}")
        for each in db.session.scalars(threads)
    ]
    if reader.in_network:
        questions = select(Question.id, Question.title).where(
            Question.title.ilike(pattern, escape="\\"), Question.merged_into_id.is_(None)
        )
        found += [
            Found(title, "", f"/questions/{number}")
            for number, title in db.session.execute(questions.order_by(Question.id.desc()).limit(most))
        ]
        meetings = select(Meeting).where(
            or_(Meeting.title.ilike(pattern, escape="\\"), Meeting.place.ilike(pattern, escape="\\"))
        )
        found += [
            Found(each.title or each.place or each.slug, str(each.starts_on), f"/meetings/{each.slug}")
            for each in db.session.scalars(meetings.order_by(Meeting.starts_at.desc()).limit(most))
        ]
    return found[:most]


def nameable(day: date) -> dict[str, str]:
    """The page of everyone and every institution that can be named with @, by name."""
    people = select(Member.id, Member.name).where(Member.closed_at.is_(None), _active(day))
    seats = select(Institution.slug, Institution.name_sv, Institution.name_en, Institution.short_name)
    names = {name: f"/members/{number}" for number, name in db.session.execute(people)}
    for slug, *called in db.session.execute(seats):
        names.update(dict.fromkeys(called, f"/members/institutions/{slug}"))
    return names


def _active(day: date) -> ColumnElement[bool]:
    holders = select(Mandate.member_id).where(*_on(Mandate, day))
    roles = select(Role.member_id).where(*_on(Role, day))
    return or_(Member.id.in_(holders), Member.id.in_(roles))


def _on(table: type[Mandate] | type[Role], day: date) -> tuple[ColumnElement[bool], ...]:
    return table.starts_on <= day, or_(table.ends_on.is_(None), table.ends_on >= day)
