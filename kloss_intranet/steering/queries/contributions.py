"""A member's own posts, and where each of them has been used."""

import enum
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from ...core.db import db
from ...core.policy import Actor
from ...meetings.models import AgendaItem, Host, Meeting, MeetingState
from ...questions.models import Question, Treatment
from ...questions.queries.finding import MEETINGS
from ...threads.models import Post, Reference, ReferenceKind, Thread
from ...threads.queries import in_time, visible
from ..models import Citation, Dossier, Objection, Part
from .editions import Published, published_among
from .objections import printed_of

From = aliased(Post)
PAGE = 30
"""Posts on a page."""


class Stage(enum.StrEnum):
    """How far a passage has come, as its author is told."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    """It stands in an edition, and is not drawn there."""
    GONE = "gone"
    """It was picked, and has been taken out of the draft."""


@dataclass(frozen=True)
class Use:
    """A passage of a post in the dossier of a question."""

    citation: Citation
    question: Question
    objection: Objection | None
    stage: Stage
    edition: Published | None
    """The edition that draws it."""
    meetings: tuple[Meeting, ...]
    """Whose briefings it stands in."""
    words: str
    """As in the latest edition that has it; before the first, as in the draft."""
    next_words: str | None
    """As in the draft, where it has since been given the post's new wording."""


@dataclass(frozen=True)
class Own:
    """One of the reader's posts."""

    post: Post
    quoted: list[tuple[int, str]] = field(default_factory=list)
    """Of each post that quotes it: its id, and who signs it."""
    uses: list[Use] = field(default_factory=list)


def contributions(reader: Actor, at: int | None = None) -> list[Own]:
    """The reader's posts, newest first, a page and one more; from the post `at` on where it is given."""
    query = (
        select(Post)
        .join(Post.thread)
        .join(Thread.meeting)
        .where(Post.member_id == reader.member_id, visible(reader))
        .options(contains_eager(Post.thread).contains_eager(Thread.meeting))
        .order_by(Post.posted_at.desc(), Post.id.desc())
        .limit(PAGE + 1)
    )
    if at is not None:
        # Only an own post is a place to go on from.
        when = select(From.posted_at).where(From.id == at, From.member_id == reader.member_id)
        query = query.where(tuple_(Post.posted_at, Post.id) <= tuple_(when.scalar_subquery(), at))
    posts = list(db.session.scalars(query))
    quoted, uses = _quoted(reader, posts), _uses(posts)
    return [Own(post, quoted.get(post.id, []), uses.get(post.id, [])) for post in posts]


def picked_since(question_id: int, member_id: int, first: int) -> list[tuple[Citation, Post]]:
    """The author's passages that stand in the draft, from the citation `first` on; posts with threads."""
    query = (
        select(Citation, Post)
        .join(Post, Post.id == Citation.post_id)
        .join(Part, Part.id == Citation.part_id)
        .join(Dossier, Dossier.id == Part.dossier_id)
        .where(Dossier.question_id == question_id, Post.member_id == member_id, Part.removed_at.is_(None))
        .where(Citation.id >= first)
        .options(joinedload(Post.thread))
        .order_by(Citation.id)
    )
    return [(citation, post) for citation, post in db.session.execute(query)]


def _quoted(reader: Actor, posts: Sequence[Post]) -> dict[int, list[tuple[int, str]]]:
    """By post, the posts of others that quote it and that the reader may see."""
    query = (
        select(Reference.target_id, Post.id, Post.signed_name)
        .join(Post, Post.id == Reference.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Reference.kind == ReferenceKind.POST, Reference.is_quote)
        .where(Reference.target_id.in_([post.id for post in posts]))
        .where(Post.stands, visible(reader), *in_time(reader))
        .order_by(Post.id)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for target_id, post_id, name in db.session.execute(query):
        found[target_id].append((post_id, name))
    return found


def _uses(posts: Sequence[Post]) -> dict[int, list[Use]]:
    query = (
        select(Citation, Part, Dossier, Question, Objection)
        .join(Part, Part.id == Citation.part_id)
        .join(Dossier, Dossier.id == Part.dossier_id)
        .join(Question, Question.id == Dossier.question_id)
        .outerjoin(Objection, Objection.citation_id == Citation.id)
        .where(Citation.post_id.in_([post.id for post in posts]))
        .order_by(Citation.id)
    )
    rows = db.session.execute(query).all()
    questions = _with_parts({row.Question.id for row in rows}) if rows else {}
    # One who has left the network is told too, of what came after.
    editions = published_among(questions) if questions else {}
    # Of two that draw the same passage, the later.
    in_order = sorted(editions.values(), key=lambda edition: edition.published_at)
    drawn = {each.citation_id: edition for edition in in_order for each in edition.citations}
    printed = printed_of({row.Dossier.id for row in rows})
    meetings = _meetings(editions) if editions else {}
    found: dict[int, list[Use]] = defaultdict(list)
    for row in rows:
        edition = drawn.get(row.Citation.id)
        question = questions[edition.question_id] if edition else row.Question
        stage = _stage(row, is_drawn=edition is not None, is_printed=row.Citation.id in printed)
        at = tuple(meetings.get(question.id, ())) if edition else ()
        words = printed.get(row.Citation.id, row.Citation.passage)
        next_words = _next_words(row, words)
        use = Use(row.Citation, question, row.Objection, stage, edition, at, words, next_words)
        found[row.Citation.post_id].append(use)
    return found


def _next_words(row: Any, words: str) -> str | None:
    is_out = row.Part.removed_at is not None or (row.Objection is not None and row.Objection.is_granted)
    return None if is_out or row.Citation.passage == words else row.Citation.passage


def _with_parts(question_ids: set[int]) -> dict[int, Question]:
    """The questions, and those that have become parts of them and may have been published before."""
    either = or_(Question.id.in_(question_ids), Question.merged_into_id.in_(question_ids))
    # Whether one who has left may read a question follows from the meetings that treated it.
    return {one.id: one for one in db.session.scalars(select(Question).where(either).options(MEETINGS))}


def _stage(row: Any, *, is_drawn: bool, is_printed: bool) -> Stage:
    if is_drawn:
        return Stage.PUBLISHED
    if is_printed:
        return Stage.HIDDEN
    return Stage.DRAFT if row.Part.removed_at is None else Stage.GONE


def _meetings(editions: dict[int, Published]) -> dict[int, list[Meeting]]:
    """By question, the meetings with it on their agenda that ended after its dossier was published."""
    query = (
        select(Treatment.question_id, Meeting)
        .join(AgendaItem, AgendaItem.id == Treatment.agenda_item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Treatment.question_id.in_(editions), Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at)
        .options(selectinload(Meeting.hosts).joinedload(Host.institution))
    )
    found: dict[int, list[Meeting]] = defaultdict(list)
    for question_id, meeting in db.session.execute(query):
        if meeting.ends_at > editions[question_id].published_at and meeting not in found[question_id]:
            found[question_id].append(meeting)
    return found
