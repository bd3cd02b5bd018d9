"""Making one thread of two, and two of one."""

from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ..models import Draft, Following, Place, Post, Reference, ReferenceKind, Thread
from . import references
from .carrying import carry_letters
from .holding import check_alike, hold
from .moving import Moved, places_of, relocate

ITSELF = text("En tråd kan inte slås ihop med sig själv. Välj en annan.")
UNKNOWN = text("Välj en tråd som finns.")


def merge(source: Thread, into: Thread) -> Moved | None:
    """Let `into` take over all posts of `source`, whose address from then on leads there.

    None when it has done so before. Raises Refusal when others may read `into`.
    """
    if source.id == into.id:
        raise Refusal(ITSELF, field="into")
    held = hold(source.id, into.id)
    if source.id not in held or into.id not in held:
        raise Refusal(UNKNOWN, field="into")
    if held[source.id].merged_into_id is not None:
        return None
    check_alike(held[source.id], held[into.id])
    references.redraw(references.told_by(source.id))
    moved = relocate(source, into, held, places_of(source.id), ())
    carry_letters(source.id, into.id)
    _links(source.id, into.id)
    _choices(source.id, into.id)
    _drafts(source.id, into.id)
    values = {
        "merged_into_id": into.id,
        "closed_at": func.coalesce(Thread.closed_at, literal(clock.now(), Thread.closed_at.type)),
        "pinned_at": None,
    }
    _set(Thread.id == source.id, **values)
    _set(Thread.merged_into_id == source.id, merged_into_id=into.id)
    _set(Thread.id == into.id, changes=Thread.changes + 1)
    return moved


def split(source: Thread, post: Post, title: str, by: int) -> tuple[Thread, Moved] | None:
    """A new thread, beside `source` and on the same terms, with the posts from `post` on.

    None when `post` has left `source` meanwhile. Raises Refusal when nothing would be left.
    """
    held = hold(source.id)
    places = places_of(source.id)
    here = next((place for place in places if place.id == post.id), None)
    if here is None:
        return None
    leaving = [place for place in places if place.seq >= here.seq]
    if len(leaving) == len(places):
        sentence = text("Det är trådens första inlägg. Välj ett senare, så att något står kvar.")
        raise Refusal(sentence, field="title")
    into = begin_beside(source, title, by)
    moved = relocate(source, into, held | hold(into.id), leaving, [post.id])
    note_beginning(into, source, by)
    return into, moved


def begin_beside(source: Thread, title: str, by: int) -> Thread:
    """An empty thread of the same meeting, theme and question, read and followed by the same members.

    It goes on record by `note_beginning` when posts have been moved: the log is held after all threads.
    """
    into = Thread(
        meeting_id=source.meeting_id,
        theme_id=source.theme_id,
        question_id=source.question_id,
        audience=source.audience,
        for_guests=source.for_guests,
        write_first=source.write_first,
        title=title,
        opened_by_id=by,
        # Whoever read the posts where they stood reads them here.
        opened_at=source.opened_at,
        last_seq=0,
    )
    set_committed_value(into, "meeting", source.meeting)
    set_committed_value(into, "theme", source.theme)
    db.session.add(into)
    db.session.flush()
    columns = (Following.member_id, literal(into.id), Following.level, Following.changed_at)
    chosen = select(*columns).where(Following.thread_id == source.id)
    names = ("member_id", "thread_id", "level", "changed_at")
    db.session.execute(insert(Following).from_select(names, chosen, include_defaults=False))
    return into


def note_beginning(into: Thread, source: Thread, by: int) -> None:
    record("thread.open", f"thread:{into.id}", by, beside=source.id)


def _links(one: int, into: int) -> None:
    """Posts that link to the thread link to the other; one that links to both is mentioned once."""
    of_one = (Reference.kind == ReferenceKind.THREAD, Reference.target_id == one)
    other = aliased(Reference)
    there = select(other.post_id).where(other.kind == ReferenceKind.THREAD, other.target_id == into)
    _run(delete(Reference).where(*of_one, Reference.post_id.in_(there)))
    _run(update(Reference).where(*of_one).values(target_id=into))


def _choices(one: int, into: int) -> None:
    """Whoever follows one thread follows the other; a choice made for that counts."""
    other = aliased(Following)
    there = select(other.member_id).where(other.thread_id == into)
    _run(delete(Following).where(Following.thread_id == one, Following.member_id.in_(there)))
    _run(update(Following).where(Following.thread_id == one).values(thread_id=into))


def _drafts(one: int, into: int) -> None:
    """What is begun in one thread belongs to the other; a second text stays on its writer's own page."""
    other = aliased(Draft)
    at = (other.place == Place.EXPERIENCE, other.subject_id == into)
    own = (Draft.place == Place.EXPERIENCE, Draft.subject_id == one)
    _run(
        update(Draft)
        .where(*own, Draft.member_id.not_in(select(other.member_id).where(*at)))
        .values(subject_id=into)
    )


def _set(which: Any, **values: Any) -> None:
    _run(update(Thread).where(which).values(**values))


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
