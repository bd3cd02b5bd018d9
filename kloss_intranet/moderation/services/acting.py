"""What a coordinator does about a report, an answer, or something seen in a thread."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select

from ...core import text as texts
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...members.models import Member
from ...threads.models import Attachment, Post, Thread
from ...threads.services import hiding, references
from ...threads.services.holding import hold, hold_home
from ..models import Act, Decision, SubjectKind
from ..queries import queue, things
from ..queries.queue import Waiting
from ..queries.things import Key
from .deciding import Subject, decide

LONGEST = 2000
"""Characters in a reason, and in what is asked of the author."""

TABLES: dict[SubjectKind, Any] = {
    SubjectKind.POST: Post,
    SubjectKind.ATTACHMENT: Attachment,
    SubjectKind.MEMBER: Member,
    SubjectKind.THREAD: Thread,
}
DONE_ALREADY = text("Det var redan gjort, kanske av en annan koordinator. Inget har ändrats.")
HIDING: dict[tuple[Act, SubjectKind], Callable[[Any], bool]] = {
    (Act.HIDE, SubjectKind.POST): hiding.hide,
    (Act.HIDE, SubjectKind.ATTACHMENT): hiding.hide_attachment,
    (Act.RESTORE, SubjectKind.POST): hiding.unhide,
    (Act.RESTORE, SubjectKind.ATTACHMENT): hiding.unhide_attachment,
}


def possible(case: Waiting) -> set[Act]:
    """What can be done about the thing as it is."""
    thing, acts = case.thing, set[Act]()
    if case.reports:
        acts.add(Act.DISMISS)
    if case.answers or case.asked:
        acts.add(Act.KEEP)
    if thing.kind in (SubjectKind.POST, SubjectKind.ATTACHMENT):
        acts |= {Act.RESTORE} if thing.is_hidden else set() if thing.is_withdrawn else {Act.HIDE}
    is_asked = case.asked is not None and not (case.has_changed or case.answers)
    if thing.stands and not thing.is_under_hidden and thing.kind is not SubjectKind.THREAD and not is_asked:
        acts.add(Act.ASK)
    return acts


def act(what: Act, row: Any, by: Actor, reason: str, to_author: str = "") -> Decision:
    """Do `what` about the post, file, member or thread `row`, and put it on record.

    Raises Refusal about the field that is missing, and (409) when there is nothing to be done any more.
    """
    reason, to_author = _said(reason, "reason"), _said(to_author, "to_author")
    if not reason:
        raise Refusal(text("Skriv varför. Skälet står i protokollet."), field="reason")
    if what is Act.ASK and not to_author:
        raise Refusal(text("Skriv vad du ber om. Den som har skrivit får läsa det."), field="to_author")
    kind, number = things.key_of(row)
    _take_turn(kind, row)
    thing = things.thing(kind, number)
    if thing is None:
        raise Refusal(DONE_ALREADY, status=409)
    case = queue.about(thing)
    if what not in possible(case):
        raise Refusal(DONE_ALREADY, status=409)
    change = HIDING.get((what, kind))
    if change is not None and not change(row):
        raise Refusal(DONE_ALREADY, status=409)
    subject = Subject(kind, number, thing.author_id)
    return decide(what, subject, by, reason, to_author=to_author or None, **_details(what, case))


def take_turns(keys: Collection[Key]) -> None:
    """Before acting on several things: hold all threads and members they belong to, always in one order.

    And the threads whose pages tell of the posts: once the first act is on record, no more can be held.
    """
    found = things.things(keys).values()
    posts = select(Post.id).where(Post.id.in_({thing.post_id for thing in found if thing.post_id}))
    telling = db.session.scalars(select(Thread.id).where(references.tells_of_any(posts)))
    hold(*{thing.thread_id for thing in found if thing.thread_id is not None}, *telling)
    members = {thing.id for thing in found if thing.kind is SubjectKind.MEMBER}
    rows = select(Member.id).where(Member.id.in_(members)).order_by(Member.id)
    db.session.execute(rows.with_for_update(key_share=True))


def _details(what: Act, case: Waiting) -> dict[str, Any]:
    details: dict[str, Any] = {"version": case.thing.version, "reports": len(case.reports)}
    if what in (Act.HIDE, Act.RESTORE):
        before, after = ("shown", "hidden") if what is Act.HIDE else ("hidden", "shown")
        details |= {"before": before, "after": after}
    return details


def _said(words: str, field: str) -> str:
    said = texts.tidy(words)
    if len(said) > LONGEST:
        raise Refusal(text("Skriv högst %(most)d tecken."), field=field, most=LONGEST)
    return said


def _take_turn(kind: SubjectKind, row: Any) -> None:
    """Let one coordinator at a time act on the thing; the other then sees what has been done.

    The thread is held first, as its writers do, so that no two wait for each other.
    """
    post = row.post if kind is SubjectKind.ATTACHMENT else row if kind is SubjectKind.POST else None
    if post is not None:
        hold_home(post)
    table = TABLES[kind]
    db.session.execute(select(table.id).where(table.id == row.id).with_for_update(key_share=True))
