"""The briefing of a meeting as a document."""

from collections.abc import Iterator

from ...meetings.models import MeetingState
from ..models import Block, Document, Heading, Manner, Run
from ..queries import Gathered
from . import dossiers, people, practical, questions, running
from .notes import Notes
from .speech import Speech, line, paragraphs


def briefing(found: Gathered, speech: Speech) -> Document:
    """All of it, with nothing in it that not every member may read."""
    meeting, notes = found.meeting, Notes(speech)
    return Document(
        kind=speech.gettext("Mötesbok"),
        title=speech.label(meeting),
        subtitle=", ".join(part for part in (speech.span(meeting), speech.place(meeting)) if part),
        language=speech.language,
        address=speech.address(f"/meetings/{meeting.slug}/briefing"),
        contents=speech.gettext("Innehåll"),
        notes_title=speech.gettext("Noter"),
        blocks=tuple(_blocks(found, speech, notes)),
        notes=tuple(notes.kept),
    )


def _blocks(found: Gathered, speech: Speech, notes: Notes) -> Iterator[Block]:
    meeting = found.meeting
    yield dossiers.opening(speech)
    if meeting.is_invented:
        yield line(speech.gettext("Påhittat exempel"), Manner.QUIET)
    if meeting.state is MeetingState.CANCELLED:
        yield line(speech.gettext("Träffen är inställd."), Manner.LEAD)
        yield from paragraphs(meeting.cancelled_reason or "")
    yield Heading(speech.gettext("När och var"), 1, "facts")
    yield practical.facts(meeting, speech)
    if meeting.introduction:
        yield Heading(speech.gettext("Varför vi ses"), 1, "why")
        yield from paragraphs(meeting.introduction)
    if meeting.asked:
        yield Heading(speech.gettext("Inför träffen ber vi dig"), 1, "asked")
        yield from paragraphs(meeting.asked)
    yield Heading(speech.gettext("Program"), 1, "programme")
    yield from running.programme(meeting, speech)
    yield Heading(speech.gettext("Dagordning"), 1, "agenda")
    yield from running.agenda(meeting, found.subjects, speech)
    yield Heading(speech.gettext("Frågor"), 1, "questions")
    yield from questions.subjects(found, speech, notes)
    yield Heading(speech.gettext("Praktiskt"), 1, "practical")
    yield practical.details(found, speech)
    yield Heading(speech.gettext("Deltagare"), 1, "people")
    yield from people.participants(found, speech)
    as_of = speech.gettext(
        "Mötesboken visar vad som stod på nätverkets sidor %(day)s. Det senaste finns här:",
        day=speech.day(found.day),
    )
    address = speech.address(f"/meetings/{meeting.slug}/briefing")
    yield _signed_off(as_of, address)


def _signed_off(words: str, address: str) -> Block:
    said = line(words, Manner.QUIET)
    return type(said)((*said.runs, Run(" "), Run(address, href=address)), Manner.QUIET)
