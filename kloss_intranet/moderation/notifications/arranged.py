"""Telling those who follow a thread that posts or the thread itself stand elsewhere, or that it is locked."""

from collections.abc import Callable, Collection
from typing import cast

from flask import current_app
from flask_babel import gettext, ngettext

from ...core import clock
from ...mail.services import Draft, enqueue_all
from ...threads.models import Thread
from ...threads.queries.following import Told, told
from ..models import Act
from ..services.arranging import Arranged
from . import authors
from .frame import Words, worded

Readers = dict[int, Told]


def followers(*threads: Thread, but: int, addressed: Collection[int] = ()) -> Readers:
    """Everybody who follows one of the threads, and of the addressed those who want to be told."""
    found: Readers = {}
    for thread in threads:
        found |= {each.id: each for each in told(thread, but, addressed, clock.today())}
    return found


def tell(done: Arranged, source: str, readers: Readers, by: int) -> None:
    """Letters about what was done: to the authors first, then to those of `readers` who have got none.

    `source` is what the thread was called where it began. Authors of what moved are asked for here.
    """
    for decision in done.decisions:
        authors.told(decision)
    first = done.decisions[0]
    written = {decision.author_id for decision in done.decisions} if first.act in SAYS else set()
    says = SAYS.get(first.act)
    if says is None:
        return
    everybody = readers | followers(done.thread, but=by, addressed=done.authors)
    path = f"/threads/{done.thread.id}"
    in_language = worded(lambda: says(done, source), path)
    enqueue_all(
        [
            Draft(f"arranged:{first.id}:{number}", reader, *in_language(reader.language), None, path)
            for number, reader in sorted(everybody.items())
            if number not in written
        ]
    )


def _letter(done: Arranged, subject: str, said: str, *after: str) -> Words:
    why = gettext("Du får det här mailet för att du följer tråden eller har skrivit det som flyttades.")
    return Words(subject, [said], why, [(gettext("Skäl"), done.decisions[0].reason)], list(after))


def _moved(done: Arranged, source: str) -> Words:
    if done.number == 0:
        return _thread_moved(done)
    names = {"title": source, "into": done.thread.title}
    said = ngettext(
        "Koordinatorn har flyttat ett inlägg från tråden «%(title)s» till tråden «%(into)s».",
        "Koordinatorn har flyttat %(num)d inlägg från tråden «%(title)s» till tråden «%(into)s».",
        done.number,
        **names,
    )
    subject = gettext("Inlägg har flyttats: %(title)s", title=done.thread.title)
    return _letter(done, subject, said, gettext("Gamla länkar leder rätt. Läs det där det står nu:"))


def _thread_moved(done: Arranged) -> Words:
    meeting = cast(str, current_app.jinja_env.filters["meeting_label"](done.thread.meeting))
    names = {"title": done.thread.title, "meeting": meeting}
    return _letter(
        done,
        gettext("Tråden har flyttats: %(title)s", title=done.thread.title),
        gettext("Koordinatorn har flyttat tråden «%(title)s». Den hör nu till %(meeting)s.", **names),
        gettext("Vad som är skrivet före och efter följer nu av den träffens tider."),
    )


def _merged(done: Arranged, source: str) -> Words:
    names = {"title": source, "into": done.thread.title}
    return _letter(
        done,
        gettext("Trådar har slagits ihop: %(title)s", title=done.thread.title),
        gettext("Koordinatorn har låtit tråden «%(title)s» gå upp i tråden «%(into)s».", **names),
        gettext("Alla inlägg är kvar, och gamla länkar leder rätt."),
    )


def _locked(done: Arranged, source: str) -> Words:
    letter = _letter(
        done,
        gettext("Tråden är låst: %(title)s", title=source),
        gettext(
            "Koordinatorn har låst tråden «%(title)s». Den går att läsa men inte att skriva i.", title=source
        ),
    )
    words = done.thread.closing_words
    return Words(
        letter.subject,
        letter.said,
        gettext("Du får det här mailet för att du följer tråden."),
        [*([(gettext("Avslutande ord"), words)] if words else []), *letter.quoted],
    )


SAYS: dict[Act, Callable[[Arranged, str], Words]] = {
    Act.MOVE: _moved,
    Act.SPLIT: _moved,
    Act.MERGE: _merged,
    Act.LOCK: _locked,
}
"""The acts that those who follow are told of."""
