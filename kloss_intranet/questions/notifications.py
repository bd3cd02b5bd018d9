"""Letters about questions, which are also lines on the reader's home page."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..core import clock
from ..core.language import LOCALES
from ..mail.services import Draft, enqueue_all, stops
from ..meetings.models import Meeting
from ..members.models import Member
from .models import Change, Proposal, Question
from .queries import telling
from .queries.echoes import Matter
from .services.states import WORDS

Words = tuple[str, str, str]
"""The subject, what has happened, and why the reader is told."""


def tell_of_proposal(question_id: int, proposal: Proposal, *, is_joined: bool = False) -> None:
    """Letters to the steering group and the coordinator, and a receipt to the one who proposes."""

    def to_steering() -> Words:
        named = {"name": proposal.signed_name, "title": proposal.title}
        if is_joined:
            return (
                gettext("Fler ord om en fråga: %(title)s", title=proposal.title),
                gettext("%(name)s har lagt till sina ord i frågan «%(title)s».", **named),
                _for_steering(),
            )
        return (
            gettext("Ny fråga: %(title)s", title=proposal.title),
            gettext("%(name)s föreslår frågan «%(title)s».", **named),
            _for_steering(),
        )

    def receipt() -> Words:
        return (
            gettext("Tack för ditt förslag: %(title)s", title=proposal.title),
            gettext(
                "Ditt förslag «%(title)s» har kommit fram. Styrgruppen läser det, och du får veta "
                "när frågan går vidare.",
                title=proposal.title,
            ),
            gettext("Du får det här mailet för att du har föreslagit frågan."),
        )

    key, path = f"proposal:{proposal.id}", f"/questions/{question_id}"
    others = [one for one in telling.steering(clock.today()) if one.id != proposal.member_id]
    own = telling.serving([proposal.member_id], clock.today())
    said = {"quoted": proposal.reason, "by": proposal.signed_name}
    _tell(key, others, f"proposal-{question_id}", path, to_steering, **said)
    _tell(f"{key}:receipt", own, f"receipt-{question_id}", path, receipt, **said)


def tell_of_change(question: Question, change: Change) -> None:
    """Letters to those who proposed the question, but for the one who changed it."""

    def words() -> Words:
        named = {"title": question.title, "state": gettext(WORDS[change.became])}
        return (
            f"{named['state']}: {question.title}",
            gettext("Det har hänt något med frågan «%(title)s». Så här står den nu: %(state)s.", **named),
            gettext("Du får det här mailet för att du har föreslagit frågan."),
        )

    readers = [one for one in _proposers(question) if one.id != change.changed_by_id]
    path = f"/questions/{question.id}"
    _tell(f"question-change:{change.id}", readers, f"state-{question.id}", path, words, quoted=change.reason)


def tell_of_merging(question: Question, kept: Question, reason: str, by: int) -> None:
    """Letters to those who proposed `question`, before its proposals move to `kept`."""

    def words() -> Words:
        return (
            gettext("Sammanslagen fråga: %(title)s", title=question.title),
            gettext(
                "Frågan «%(title)s» har gått upp i «%(kept)s». Ditt namn och dina ord står kvar där.",
                title=question.title,
                kept=kept.title,
            ),
            gettext("Du får det här mailet för att du har föreslagit frågan."),
        )

    readers = [one for one in _proposers(question) if one.id != by]
    key, path = f"question-merged:{question.id}", f"/questions/{kept.id}"
    _tell(key, readers, f"merged-{question.id}", path, words, quoted=reason)


def tell_of_return(meeting: Meeting, questions: Sequence[Question], by: int) -> None:
    """One letter to each of the steering group: these questions wait for the meeting that is planned."""

    def words() -> Words:
        called = current_app.jinja_env.filters["meeting_label"](meeting)
        return (
            gettext("Frågor som väntar inför %(meeting)s", meeting=called),
            gettext(
                "Träffen %(meeting)s är planerad. De här frågorna vilar eller har förts vidare, "
                "och går att ta upp igen.",
                meeting=called,
            ),
            _for_steering(),
        )

    if questions:
        readers = [one for one in telling.steering(clock.today()) if one.id != by]
        links = [(one.title, f"/questions/{one.id}", one.state) for one in questions]
        key = f"question-return:{meeting.id}"
        _tell(key, readers, f"return-{meeting.id}", "/questions/", words, links=links)


def tell_of_echo(meeting: Meeting, matters: Sequence[Matter], readers: Sequence[Member]) -> None:
    """One letter to each of those who wrote or proposed: what has happened since the meeting?"""

    def words() -> Words:
        called = current_app.jinja_env.filters["meeting_label"](meeting)
        return (
            gettext("Vad hände? Efter %(meeting)s", meeting=called),
            gettext(
                "Det har gått ungefär tre månader sedan träffen %(meeting)s. Vad hände hos er med det "
                "ni talade om? Ett par rader räcker, också om inget har hänt.",
                meeting=called,
            ),
            gettext(
                "Du får det här mailet en gång, för att du har skrivit om frågan vid träffen eller "
                "föreslagit den."
            ),
        )

    links: list[tuple[str, str, None]] = []
    for matter in matters:
        links.append((matter.question.title, f"/questions/{matter.question.id}", None))
        for talk in matter.talks:
            links.append((talk.title, f"/threads/{talk.thread_id}?at=meeting", None))
    path = f"/questions/{matters[0].question.id}" if len(matters) == 1 else f"/meetings/{meeting.slug}"
    _tell(f"echo:{meeting.id}", readers, f"echo-{meeting.id}", path, words, links=links)


def _tell(
    key: str,
    readers: Sequence[Member],
    conversation: str,
    path: str,
    words: Callable[[], Words],
    **more: Any,
) -> None:
    base = current_app.config["SETTINGS"].base_url

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            subject, said, why = words()
            shown = {"quoted": None, "by": None, "links": ()} | more
            shown |= {"subject": subject, "said": said, "why": why, "base": base, "path": path}
            shown["state_words"] = {state: gettext(word) for state, word in WORDS.items()}
            plain = render_template("questions/mail/letter.txt", **shown)
            return " ".join(subject.split()), plain, render_template("questions/mail/letter.html", **shown)

    about = telling.ABOUT + conversation
    enqueue_all([Draft(f"{key}:{one.id}", one, *worded(one.language), about, path) for one in readers])


def _proposers(question: Question) -> Sequence[Member]:
    return telling.proposers(question, clock.today())


def _for_steering() -> str:
    return gettext("Du får det här mailet för att du sitter i styrgruppen eller är koordinator.")


@stops
def _out_of_reach(letter_ids: Any) -> set[int]:
    """A letter that has waited does not go to one who has left the network."""
    return telling.out_of_reach(letter_ids, clock.today())
