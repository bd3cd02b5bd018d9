"""The experiences of a thread by voice: a page of institutions, a few posts of each on every side."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from ...core.db import db
from ...meetings.models import Meeting, Phase
from ...members.models import Institution
from ..models import Post, PostKind
from .posts import PostRow, Voice, made, rows

VOICES, SAID = 40, 5
"""Institutions on a page, and the posts of one that stand in one phase."""


@dataclass(frozen=True)
class Side:
    """The first posts of a voice in one phase, and how many there are in all."""

    posts: list[PostRow]
    total: int


@dataclass(frozen=True)
class Sides:
    """A page: for each voice its sides by phase, and the institution to begin after on the next page."""

    voices: dict[Voice, dict[Phase, Side]]
    after: int | None


def sides(meeting: Meeting, after: int | None, *belongs: ColumnElement[bool]) -> Sides:
    """The page of voices after the institution `after`, in the order of their names: two statements.

    `belongs` must name the thread. Guests and the network's office have no institution and come last.
    """
    conditions = (Post.kind == PostKind.EXPERIENCE, Post.stands.expression, *belongs)
    seats = (
        select(Institution.id)
        .where(exists().where(Post.institution_id == Institution.id, *conditions))
        .order_by(Institution.sort_key, Institution.id)
        .limit(VOICES + 1)
    )
    if after is not None:
        key = select(Institution.sort_key).where(Institution.id == after).correlate(None).scalar_subquery()
        seats = seats.where(
            or_(Institution.sort_key > key, (Institution.sort_key == key) & (Institution.id > after))
        )
    ids = list(db.session.scalars(seats))
    more = len(ids) > VOICES
    shown = ids[:VOICES]
    here = Post.institution_id.in_(shown)
    voices = _voices(meeting, here if more else or_(here, Post.institution_id.is_(None)), *conditions)
    place = {number: position for position, number in enumerate(shown)}
    ordered = sorted(voices, key=lambda item: place.get(item[0] or 0, VOICES))
    return Sides({voice: by_phase for _id, voice, by_phase in ordered}, shown[-1] if more else None)


def _voices(
    meeting: Meeting, *conditions: ColumnElement[bool]
) -> list[tuple[int | None, Voice, dict[Phase, Side]]]:
    phase = case(
        (Post.posted_at < meeting.starts_at, Phase.BEFORE.value),
        (Post.posted_at < meeting.ends_at, Phase.DURING.value),
        else_=Phase.AFTER.value,
    )
    heap = (Post.institution_id, Post.as_guest, phase)
    ranked = (
        select(
            Post.id,
            Post.institution_id,
            phase.label("phase"),
            func.row_number().over(partition_by=heap, order_by=Post.seq).label("number"),
            func.count().over(partition_by=heap).label("total"),
        )
        .where(*conditions)
        .subquery()
    )
    query = (
        rows()
        .add_columns(ranked.c.institution_id, ranked.c.phase, ranked.c.total)
        .join(ranked, ranked.c.id == Post.id)
        .where(ranked.c.number <= SAID)
        .order_by(Post.seq)
    )
    found: dict[tuple[int | None, Voice], dict[Phase, Side]] = defaultdict(dict)
    for row in db.session.execute(query):
        post = made(row)
        seat, where, total = row[-3:]
        found[(seat, post.voice)].setdefault(Phase(where), Side([], total)).posts.append(post)
    return [(seat, voice, by_phase) for (seat, voice), by_phase in found.items()]
