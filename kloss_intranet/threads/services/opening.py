"""Opening threads, and changing what one is called and for whom it is."""

from dataclasses import dataclass

from sqlalchemy import update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.policy import Actor
from ...core.words import Refusal, text
from ...meetings import services as meetings
from ...meetings.models import Meeting
from ...questions.models import Question
from ...questions.services.turns import hold_kept
from ...themes.models import Theme
from ..models import Audience, Thread
from . import references
from .holding import hold

NO_THEME = text("Välj ett tema.")


@dataclass(frozen=True)
class Terms:
    """What a thread is called and how it is read; the same when it is opened and when it is changed."""

    title: str
    introduction: str | None
    theme: Theme | None
    write_first: bool = False
    for_guests: bool = False


def open_thread(
    meeting: Meeting,
    author: Actor,
    terms: Terms,
    *,
    audience: Audience = Audience.NETWORK,
    question: Question | None = None,
) -> Thread:
    """A new thread of `meeting`. Raises Refusal for terms that `author` may not set."""
    if terms.theme is None:
        raise Refusal(NO_THEME, field="theme")
    if audience is Audience.STEERING and not author.in_steering:
        raise Refusal(text("Bara styrgruppen kan öppna en tråd för styrgruppen."))
    if terms.for_guests:
        _check_guests(author, audience)
    if question is not None and (kept := hold_kept(question.id)) != question.id:
        question = db.session.get(Question, kept)  # it was merged while the form was being filled in
    thread = Thread(
        meeting=meeting,
        theme=terms.theme,
        question=question,
        title=terms.title,
        introduction=terms.introduction or None,
        audience=audience,
        write_first=terms.write_first,
        for_guests=terms.for_guests,
        opened_by_id=author.member_id,
        opened_at=clock.now(),
        last_seq=0,
    )
    db.session.add(thread)
    db.session.flush()
    record("thread.open", f"thread:{thread.id}", author.member_id)
    return thread


def publish_meeting(
    meeting: Meeting, author: Actor, chosen: list[tuple[Terms, Question | None]]
) -> list[Thread]:
    """Open a planned meeting to the network, with one thread for each of `chosen`. Raises Refusal."""
    meetings.publish(meeting, author.member_id)
    return [open_thread(meeting, author, terms, question=question) for terms, question in chosen]


def revise(thread: Thread, editor: Actor, terms: Terms, *, version: int) -> None:
    """Change the terms of `thread`, whose `version` the editor saw.

    Raises Refusal, with 409 when somebody else has changed the thread since.
    """
    theme, for_guests = terms.theme, terms.for_guests if editor.in_steering else thread.for_guests
    if theme is None:
        raise Refusal(NO_THEME, field="theme")
    if for_guests and not thread.for_guests:
        _check_guests(editor, thread.audience)
        # Held, so that nobody writes in the thread, or moves posts into it, at this moment.
        if hold(thread.id)[thread.id].last_seq:
            sentence = text("Tråden har redan inlägg, skrivna för nätverket. De kan inte delas i efterhand.")
            raise Refusal(sentence, field="for_guests")
    new = {
        "title": terms.title,
        "introduction": terms.introduction or None,
        "theme_id": theme.id,
        "write_first": terms.write_first,
        "for_guests": for_guests,
    }
    changed = {name: getattr(thread, name) for name, value in new.items() if getattr(thread, name) != value}
    if not changed:
        return
    done = db.session.scalar(
        update(Thread)
        .where(Thread.id == thread.id, Thread.version == version)
        .values(**new, version=Thread.version + 1, changes=Thread.changes + 1)
        .returning(Thread.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise Refusal(text("Någon annan har ändrat tråden medan du skrev"), status=409)
    if {"title", "for_guests"} & changed.keys():
        references.redraw(references.told_by(thread.id))
    after = {name: new[name] for name in changed}
    record("thread.edit", f"thread:{thread.id}", editor.member_id, before=changed, after=after)


def _check_guests(author: Actor, audience: Audience) -> None:
    """Only the steering group shares a thread with guests, and never one of its own."""
    if not author.in_steering:
        raise Refusal(text("Bara styrgruppen kan dela en tråd med träffens gäster."))
    if audience is not Audience.NETWORK:
        raise Refusal(text("Styrgruppens trådar delas inte med gäster."), field="for_guests")
