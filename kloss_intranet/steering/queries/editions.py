"""Dossiers as published: what members read, and what everything that is made of a dossier is made of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, selectinload

from ...core.db import db
from ...meetings.models import Host, Meeting, Phase
from ...members.models import Institution, Origin
from ...threads.models import Post, Thread
from ...threads.queries import Voice
from ..models import Dossier, Edition, Objection
from .passages import located


@dataclass(frozen=True)
class Heading:
    part_id: int
    text: str


@dataclass(frozen=True)
class Words:
    """Connecting words; `html` was cleaned by `policy`, so a page shows it through `core.text.shown`."""

    part_id: int
    plain: str
    html: str
    policy: int
    is_steering: bool
    """Marked as the steering group's own words."""


@dataclass(frozen=True)
class Cited:
    """A passage with its signature as the post has it; `number` counts from 1 through the edition."""

    part_id: int
    citation_id: int
    number: int
    passage: str
    post_id: int
    post_version: int
    is_reworded: bool
    """The author has worded the post otherwise since the version that the passage is taken from."""
    name: str
    title: str | None
    voice: Voice
    phase: Phase
    posted_at: datetime
    meeting: Meeting
    """With its hosts; `meeting.time_zone` is the one that `posted_at` is told in."""


Node = Heading | Words | Cited


@dataclass(frozen=True)
class Published:
    """An edition as it may be read now: passages that may not be drawn any more are left out."""

    question_id: int
    number: int
    published_at: datetime
    nodes: tuple[Node, ...]
    gone: int
    """How many passages have been left out since it was published."""

    @property
    def known_at(self) -> datetime:
        return self.published_at

    @property
    def citations(self) -> tuple[Cited, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Cited))


def published(question_id: int, until: datetime | None = None) -> Published | None:
    """The dossier of the question as last published, with `until` as it was then."""
    return published_among([question_id], until).get(question_id)


def published_among(question_ids: Collection[int], until: datetime | None = None) -> dict[int, Published]:
    """The same for many questions, by their ids; those without an edition are left out."""
    editions = _latest(question_ids, until)
    sources = _sources(each for _, edition in editions for each in edition.content)
    return {question_id: _read(question_id, edition, sources) for question_id, edition in editions}


def has_edition(question_id: int, until: datetime | None = None) -> bool:
    """Whether the question's dossier has been published."""
    query = select(Edition.id).join(Edition.dossier).where(Dossier.question_id == question_id)
    if until is not None:
        query = query.where(Edition.published_at < until)
    return db.session.scalar(query.limit(1)) is not None


def _latest(question_ids: Collection[int], until: datetime | None) -> list[tuple[int, Edition]]:
    other = aliased(Edition)
    last = select(func.max(other.number)).where(other.dossier_id == Edition.dossier_id)
    if until is not None:
        last = last.where(other.published_at < until)
    query = (
        select(Dossier.question_id, Edition)
        .join(Edition.dossier)
        .where(Dossier.question_id.in_(question_ids), Edition.number == last.scalar_subquery())
    )
    return [(question_id, edition) for question_id, edition in db.session.execute(query)]


@dataclass(frozen=True)
class _Source:
    """The post that a passage was taken from, while it may be drawn from."""

    post: Any
    voice: Voice
    meeting: Meeting


def _sources(content: Iterable[dict[str, Any]]) -> dict[int, _Source]:
    """By citation, the posts that still stand, may be quoted, and whose passage is not left out."""
    posts = {each["citation"]: each["post"] for each in content if each["kind"] == "passage"}
    if not posts:
        return {}
    query = (
        select(Post, Institution, Meeting)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .where(Post.id.in_(set(posts.values())), Post.stands, ~Post.not_for_quoting)
        .options(selectinload(Meeting.hosts).joinedload(Host.institution))
    )
    left_out = set(
        db.session.scalars(
            # Hidden too while the author waits for an answer.
            select(Objection.citation_id).where(
                Objection.citation_id.in_(posts), Objection.is_granted.is_not(False)
            )
        )
    )
    found = {
        post.id: _Source(post, voice_of(post, seat), meeting)
        for post, seat, meeting in db.session.execute(query)
    }
    return {key: found[post] for key, post in posts.items() if key not in left_out and post in found}


def voice_of(post: Post, seat: Institution | None) -> Voice:
    """Who speaks in `post`."""
    if seat is None:
        return Voice(None, "", "", is_invented=False, is_guest=post.as_guest)
    is_invented = seat.origin is Origin.INVENTED
    return Voice(seat.slug, seat.name_sv, seat.name_en, is_invented=is_invented, is_guest=post.as_guest)


def _read(question_id: int, edition: Edition, sources: dict[int, _Source]) -> Published:
    nodes: list[Node] = []
    number = gone = 0
    for each in edition.content:
        if each["kind"] == "heading":
            nodes.append(Heading(each["part"], each["text"]))
        elif each["kind"] == "words":
            nodes.append(
                Words(each["part"], each["plain"], each["html"], each["policy"], each["is_steering"])
            )
        elif source := sources.get(each["citation"]):
            number += 1
            nodes.append(_cited(each, number, source))
        else:
            gone += 1
    return Published(question_id, edition.number, edition.published_at, tuple(nodes), gone)


def _cited(each: dict[str, Any], number: int, source: _Source) -> Cited:
    post = source.post
    return Cited(
        part_id=each["part"],
        citation_id=each["citation"],
        number=number,
        passage=each["passage"],
        post_id=post.id,
        post_version=each["version"],
        is_reworded=post.version > each["version"] and located(each["passage"], post) is None,
        name=post.signed_name,
        title=post.signed_title,
        voice=source.voice,
        phase=source.meeting.phase_at(post.posted_at),
        posted_at=post.posted_at,
        meeting=source.meeting,
    )
