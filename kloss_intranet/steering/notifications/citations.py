"""Letters to those whose words are cited, and to the steering group when one of them asks to be left out."""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...core.language import LOCALES
from ...mail.models import Letter
from ...mail.queries import to_others_than
from ...mail.services import Draft, enqueue, enqueue_all, stops
from ...members.models import Member
from ...questions.models import Question
from ...questions.queries import telling
from ...threads.models import Post
from ..models import Citation
from ..queries.contributions import picked_since
from ..queries.objections import Passage

KEY, OBJECTION = "citation:", "objection:"
GATHER = timedelta(minutes=10)
"""How long a letter waits for more passages of the same author."""

Words = tuple[str, list[str], str]
"""The subject, the paragraphs, and why the reader is told."""


def way_to(post_id: int, citation_id: int) -> str:
    """Where an author sees what has become of a passage: their posts from this one on, at the passage."""
    return f"/contributions?at={post_id}#citation-{citation_id}"


def tell_of_citation(question: Question, citation: Citation, post: Post) -> None:
    """Tell the author of `post`, unless they picked it themselves.

    Passages that are picked into the same dossier while the letter waits stand in it, and make no other.
    """
    author = db.session.get(Member, post.member_id)
    if author is None or author.closed_at is not None or author.id == citation.picked_by_id:
        return
    about = f"{KEY}{question.id}:{author.id}:"
    waiting = db.session.scalar(
        select(Letter)
        .where(Letter.key.startswith(about), Letter.sent_at.is_(None), Letter.leased_until.is_(None))
        .with_for_update()
    )
    first = int(waiting.key.rpartition(":")[2]) if waiting else citation.id
    picked = picked_since(question.id, author.id, first)

    def words() -> Words:
        return (
            gettext("Dina ord i ett underlag: %(title)s", title=question.title),
            [
                ngettext(
                    "Styrgruppen har hämtat ett citat av dig till utkastet till underlaget för frågan "
                    "«%(title)s».",
                    "Styrgruppen har hämtat %(num)d citat av dig till utkastet till underlaget för frågan "
                    "«%(title)s».",
                    len(picked),
                    title=question.title,
                ),
                gettext(
                    "Utkastet ser bara styrgruppen. När underlaget publiceras kan alla i nätverket läsa det, "
                    "med ditt namn och ditt lärosäte vid citatet, och det följer med i mötesböcker där "
                    "frågan står på dagordningen."
                ),
                gettext(
                    "Vill du inte bli citerad? Be om att citatet lämnas utanför, på sidan Mina bidrag. "
                    "Före publiceringen räcker det att du ber om det."
                ),
            ],
            gettext("Du får det här mailet för att du har skrivit det som citeras."),
        )

    passages = [(source.thread.title, said.passage) for said, source in picked]
    path = way_to(post.id, citation.id) if waiting is None or waiting.path is None else waiting.path
    subject, plain, html = _worded(words, path, passages)(author.language)
    if waiting is not None:
        waiting.subject, waiting.plain, waiting.html, waiting.seen_at = subject, plain, html, None
        return
    conversation = f"citations-{question.id}"
    key = f"{about}{citation.id}"
    letter = enqueue(
        key, author, subject=subject, plain=plain, html=html, conversation=conversation, path=path
    )
    if letter is not None:
        letter.due_at += GATHER


def tell_of_objection(passage: Passage, *, is_granted: bool, reason: str | None) -> None:
    """Tell the steering group, but for the one who asks; without the words that are to be left out."""
    post, title = passage.post, passage.question.title

    def words() -> Words:
        named = {"name": post.signed_name, "title": title}
        asks = gettext(
            "%(name)s ber att ett citat lämnas utanför underlaget till frågan «%(title)s».", **named
        )
        then = (
            gettext("Citatet var inte publicerat, så det är redan struket ur utkastet. Ingen behöver svara.")
            if is_granted
            else gettext("Underlaget är publicerat. Citatet är dolt för alla tills styrgruppen har svarat.")
        )
        why = [gettext("Skäl: %(reason)s", reason=reason)] if reason else []
        return (
            gettext("Ett citat ska lämnas utanför: %(title)s", title=title),
            [asks, *why, then],
            _steering(),
        )

    number = passage.citation.id
    path = (
        f"/steering/dossiers/{passage.question.id}#part-{passage.part.id}"
        if is_granted
        else f"/citations/{number}/answers/new"
    )
    worded = _worded(words, path, [])
    readers = [one for one in telling.steering(clock.today()) if one.id != post.member_id]
    about = f"objection-{number}"
    enqueue_all(
        [Draft(f"{OBJECTION}{number}:{one.id}", one, *worded(one.language), about, path) for one in readers]
    )


def tell_of_answer(passage: Passage, *, is_granted: bool, answer: str | None) -> None:
    """Tell the author how the steering group has answered."""
    author = db.session.get(Member, passage.post.member_id)
    if author is None or author.closed_at is not None:
        return
    title = passage.question.title

    def words() -> Words:
        named = {"title": title}
        if is_granted:
            said = [gettext("Ditt citat lämnas utanför underlaget till frågan «%(title)s».", **named)]
        else:
            said = [
                gettext("Ditt citat står kvar i underlaget till frågan «%(title)s».", **named),
                gettext(
                    "Du har alltid sista ordet om dina egna inlägg: märk inlägget «Får inte citeras» eller "
                    "dra tillbaka det, så visas citatet inte längre."
                ),
            ]
        if answer:
            said.insert(1, gettext("Styrgruppen skriver: %(answer)s", answer=answer))
        why = gettext("Du får det här mailet för att du har bett att citatet lämnas utanför.")
        return gettext("Svar om ditt citat: %(title)s", title=title), said, why

    number = passage.citation.id
    path = way_to(passage.post.id, number)
    subject, plain, html = _worded(words, path, [(None, passage.citation.passage)])(author.language)
    about = f"answer-{number}"
    enqueue(
        f"answer:{number}", author, subject=subject, plain=plain, html=html, conversation=about, path=path
    )


def _worded(
    words: Callable[[], Words], path: str, passages: Iterable[Any]
) -> Callable[[str], tuple[str, str, str]]:
    """The letter in a language: subject, plain text, HTML."""
    link = current_app.config["SETTINGS"].base_url + path

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            subject, said, why = words()
            shown = {"subject": subject, "said": said, "why": why, "link": link, "passages": passages}
            plain = render_template("steering/mail/citation.txt", **shown)
            return " ".join(subject.split()), plain, render_template("steering/mail/citation.html", **shown)

    return worded


def _steering() -> str:
    return gettext("Du får det här mailet för att du sitter i styrgruppen eller är koordinator.")


@stops
def _to_those_who_left_the_group(letter_ids: Collection[int]) -> set[int]:
    """A letter about an objection that has waited does not go to one who has left the steering group."""
    return to_others_than(lambda: telling.steering(clock.today()), letter_ids, OBJECTION)
