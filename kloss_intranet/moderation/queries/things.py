"""What is reported and moderated, as moderation's pages and letters name it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, or_, select

from ...core.db import db
from ...members.models import Member
from ...threads.models import Attachment, AttachmentVersion, Post, Thread
from ..models import SubjectKind

Key = tuple[SubjectKind, int]


@dataclass(frozen=True)
class Thing:
    """`words` are a post's wording, a file's name, a thread's title, or how a member is presented.

    They are empty when the one who wrote them has taken them back, and there still when the thing is hidden:
    then they are for coordinators and the author alone. `version` changes when the author changes the thing.
    """

    kind: SubjectKind
    id: int
    author_id: int | None
    author: str
    words: str
    version: int | str
    place: str | None = None
    """The title of the thread where it stands."""
    thread_id: int | None = None
    post_id: int | None = None
    """The post, or the one that a file stands beside."""
    is_hidden: bool = False
    is_withdrawn: bool = False
    is_under_hidden: bool = False
    """A file beside a post that is hidden itself."""

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def stands(self) -> bool:
        return not (self.is_hidden or self.is_withdrawn)


def key_of(row: Post | Attachment | Member | Thread) -> Key:
    """What moderation calls the row."""
    for table, kind in (
        (Post, SubjectKind.POST),
        (Attachment, SubjectKind.ATTACHMENT),
        (Member, SubjectKind.MEMBER),
    ):
        if isinstance(row, table):
            return kind, row.id
    return SubjectKind.THREAD, row.id


def thing(kind: SubjectKind, thing_id: int) -> Thing | None:
    """One thing, as it is by now."""
    return things([(kind, thing_id)]).get((kind, thing_id))


def things(keys: Iterable[Key]) -> dict[Key, Thing]:
    """The things by kind and number: one statement for each kind that is asked for."""
    ids: dict[SubjectKind, list[int]] = defaultdict(list)
    for kind, thing_id in sorted(set(keys)):
        ids[kind].append(thing_id)
    return {each.key: each for kind, asked in ids.items() for each in _LOADERS[kind](asked)}


def _posts(ids: Collection[int]) -> list[Thing]:
    query = (
        select(
            Post.id,
            Post.member_id,
            Post.signed_name,
            Post.body,
            Post.version,
            Thread.title,
            Thread.id,
            Post.id,
            Post.hidden_at.is_not(None),
            Post.withdrawn_at.is_not(None),
        )
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.id.in_(ids))
    )
    found = [Thing(SubjectKind.POST, *row) for row in db.session.execute(query)]
    return [replace(each, words="") if each.is_withdrawn else each for each in found]


def _attachments(ids: Collection[int]) -> list[Thing]:
    newest = select(func.max(AttachmentVersion.number)).where(
        AttachmentVersion.attachment_id == Attachment.id
    )
    is_withdrawn = or_(Attachment.withdrawn_at.is_not(None), Post.withdrawn_at.is_not(None))
    query = (
        select(
            Attachment.id,
            Attachment.member_id,
            Post.signed_name,
            AttachmentVersion.name,
            AttachmentVersion.number,
            Thread.title,
            Thread.id,
            Post.id,
            Attachment.hidden_at.is_not(None),
            is_withdrawn,
            Post.hidden_at.is_not(None),
        )
        .join(Post, Post.id == Attachment.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(AttachmentVersion, AttachmentVersion.attachment_id == Attachment.id)
        .where(
            Attachment.id.in_(ids),
            AttachmentVersion.number == newest.correlate(Attachment).scalar_subquery(),
        )
    )
    found = [Thing(SubjectKind.ATTACHMENT, *row) for row in db.session.execute(query)]
    return [replace(each, words="") if each.is_withdrawn else each for each in found]


def _members(ids: Collection[int]) -> list[Thing]:
    query = select(Member.id, Member.name, Member.title, Member.affiliation).where(Member.id.in_(ids))
    found = []
    for number, name, title, affiliation in db.session.execute(query):
        words = ", ".join(filter(None, (name, title, affiliation)))
        found.append(Thing(SubjectKind.MEMBER, number, number, name, words, words))
    return found


def _threads(ids: Collection[int]) -> list[Thing]:
    query = (
        select(Thread.id, Thread.title, Thread.version, Thread.opened_by_id, Member.name)
        .outerjoin(Member, Member.id == Thread.opened_by_id)
        .where(Thread.id.in_(ids))
    )
    return [
        Thing(SubjectKind.THREAD, number, by, name or "", title, version, title, number)
        for number, title, version, by, name in db.session.execute(query)
    ]


_LOADERS: dict[SubjectKind, Callable[[Collection[int]], list[Thing]]] = {
    SubjectKind.POST: _posts,
    SubjectKind.ATTACHMENT: _attachments,
    SubjectKind.MEMBER: _members,
    SubjectKind.THREAD: _threads,
}
