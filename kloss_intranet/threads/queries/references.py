"""What posts refer to: the titles behind own addresses, who is named, and where something was mentioned."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import Meeting
from ...members.models import Institution, Mandate, Member
from ...questions.models import Question
from ..models import Audience, Post, Reference, ReferenceKind, Thread
from .listing import visible

NUMBERED = re.compile(r"/(threads|posts|questions|members)/(\d{1,9})")
NAMED = re.compile(r"/(meetings|members/institutions)/([a-z0-9-]+)")
KINDS = {
    "threads": ReferenceKind.THREAD,
    "posts": ReferenceKind.POST,
    "questions": ReferenceKind.QUESTION,
    "members": ReferenceKind.MEMBER,
    "meetings": ReferenceKind.MEETING,
    "members/institutions": ReferenceKind.INSTITUTION,
}


@dataclass(frozen=True)
class Target:
    """A page of ours that a post links to; `title` is None where the thread's readers may not see one."""

    kind: ReferenceKind
    id: int
    title: str | None


@dataclass(frozen=True)
class Mention:
    """A post that links here."""

    post_id: int
    signed_name: str
    institution_sv: str | None
    institution_en: str | None
    thread_title: str
    posted_at: datetime
    time_zone: str


def targets(paths: Iterable[str], thread: Thread) -> dict[str, Target]:
    """What stands behind each path; titles only where every reader of `thread` may see them."""
    numbered: dict[ReferenceKind, dict[int, str]] = defaultdict(dict)
    named: dict[ReferenceKind, dict[str, str]] = defaultdict(dict)
    for path in paths:
        bare = path.partition("#")[0].rstrip("/")
        if match := NUMBERED.fullmatch(bare):
            numbered[KINDS[match[1]]][int(match[2])] = path
        elif match := NAMED.fullmatch(bare):
            named[KINDS[match[1]]][match[2]] = path
    found: dict[str, Target] = {}
    for kind, by_id in numbered.items():
        for number, title in _titles(kind, by_id, thread):
            found[by_id[number]] = Target(kind, number, title)
    for kind, by_slug in named.items():
        for slug, number, title in _named(kind, by_slug, thread):
            found[by_slug[slug]] = Target(kind, number, title)
    return found


def _titles(kind: ReferenceKind, ids: Iterable[int], thread: Thread) -> list[tuple[int, str | None]]:
    if kind is ReferenceKind.THREAD:
        threads = select(Thread.id, Thread.title, Thread.audience).where(Thread.id.in_(ids))
        return [
            (number, title if _may_tell(thread, number, audience) else None)
            for number, title, audience in db.session.execute(threads)
        ]
    if kind is ReferenceKind.POST:
        posts = (
            select(Post.id, Post.signed_name, Institution.short_name, Thread.id, Thread.audience)
            .join(Thread, Thread.id == Post.thread_id)
            .outerjoin(Institution, Institution.id == Post.institution_id)
            .where(Post.id.in_(ids))
        )
        return [
            (number, f"{name}, {seat}" if seat else name)
            if _may_tell(thread, home, audience)
            else (number, None)
            for number, name, seat, home, audience in db.session.execute(posts)
        ]
    if kind is ReferenceKind.QUESTION:
        questions = select(Question.id, Question.title).where(Question.id.in_(ids))
        return [
            (number, None if thread.for_guests else title) for number, title in db.session.execute(questions)
        ]
    people = select(Member.id, Member.name).where(Member.id.in_(ids))
    return [
        (number, None if thread.for_guests else f"@{name}") for number, name in db.session.execute(people)
    ]


def _may_tell(thread: Thread, target_id: int, audience: Audience) -> bool:
    """Whether everyone who reads `thread` may read the other thread too."""
    if target_id == thread.id or thread.audience is Audience.STEERING:
        return True
    return audience is Audience.NETWORK and not thread.for_guests


def _named(kind: ReferenceKind, slugs: Iterable[str], thread: Thread) -> list[tuple[str, int, str | None]]:
    if kind is ReferenceKind.MEETING:
        return [
            (each.slug, each.id, f"{each.place or each.title or ''} {each.starts_on}".strip())
            if each.id == thread.meeting_id or not thread.for_guests
            else (each.slug, each.id, None)
            for each in db.session.scalars(select(Meeting).where(Meeting.slug.in_(slugs)))
        ]
    seats = select(Institution.slug, Institution.id, Institution.name_sv).where(Institution.slug.in_(slugs))
    return [(slug, number, f"@{name}") for slug, number, name in db.session.execute(seats)]


def reached(members: Iterable[int], institutions: Iterable[int], day: date) -> set[int]:
    """The members named, and those who hold the named institutions' mandates on `day`."""
    holders = select(Mandate.member_id).where(
        Mandate.institution_id.in_(institutions),
        Mandate.starts_on <= day,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )
    people = select(Member.id).where(
        Member.closed_at.is_(None), or_(Member.id.in_(members), Member.id.in_(holders))
    )
    return set(db.session.scalars(people))


def quotes(
    thread: Thread, post_ids: Iterable[int], *belongs: ColumnElement[bool]
) -> dict[int, list[tuple[int, str]]]:
    """For each post, who quotes it: (post, signature), of posts that every reader of `thread` may see.

    `belongs` holds for the posts that quote.
    """
    told = Thread.id == thread.id
    if not thread.for_guests:
        told = or_(told, Thread.audience == Audience.NETWORK)
    query = (
        select(Reference.target_id, Post.id, Post.signed_name)
        .join(Post, Post.id == Reference.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(
            Reference.kind == ReferenceKind.POST,
            Reference.is_quote,
            Reference.target_id.in_(post_ids),
            Post.stands,
            told,
            *belongs,
        )
        .order_by(Post.id)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for target_id, post_id, name in db.session.execute(query):
        found[target_id].append((post_id, name))
    return found


def mentions(reader: Actor, kind: ReferenceKind, target_id: int, *, most: int = 20) -> list[Mention]:
    """The latest posts that link to a page, only those that `reader` may see."""
    query = (
        select(
            Post.id,
            Post.signed_name,
            Institution.name_sv,
            Institution.name_en,
            Thread.title,
            Post.posted_at,
            Meeting.time_zone,
        )
        .join(Reference, Reference.post_id == Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Meeting, Meeting.id == Thread.meeting_id)
        .outerjoin(Institution, Institution.id == Post.institution_id)
        .where(
            Reference.kind == kind,
            Reference.target_id == target_id,
            Post.stands,
            visible(reader),
        )
        .order_by(Post.id.desc())
        .limit(most)
    )
    if kind is ReferenceKind.THREAD:
        query = query.where(Post.thread_id != target_id)
    if reader.reads_until is not None and not reader.in_network:
        query = query.where(Post.posted_at < reader.reads_until)
    return [Mention(*row) for row in db.session.execute(query)]
