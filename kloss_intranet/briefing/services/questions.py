"""Each question on the agenda: where it has been before, and its dossier."""

from collections.abc import Iterator

from ...questions.models import Treatment
from ..models import Block, Heading, Manner, Paragraph, Run
from ..queries import Gathered, Subject
from . import dossiers
from .notes import Notes
from .speech import Speech, line, paragraphs, runs

MOST = 6
"""How many earlier meetings are told of; the question's own page has them all."""


def subjects(found: Gathered, speech: Speech, notes: Notes) -> Iterator[Block]:
    if not found.subjects:
        yield line(speech.gettext("Inga frågor står på dagordningen."))
    for one in found.subjects:
        yield Heading(runs(one.question.title)[0].text, 2, f"question-{one.question.id}")
        yield from _subject(one, speech, notes)


def _subject(one: Subject, speech: Speech, notes: Notes) -> Iterator[Block]:
    where = ", ".join(
        speech.gettext("punkt %(number)s, %(title)s", number=item.position, title=item.title)
        for item in one.items
    )
    yield line(speech.gettext("På dagordningen: %(where)s", where=where), Manner.QUIET)
    if one.question.reason:
        yield line(speech.gettext("Varför frågan väcktes"), Manner.LABEL)
        yield from paragraphs(one.question.reason)
    key = f"question-{one.question.id}"
    yield Heading(speech.gettext("Frågan genom träffarna"), 3, f"{key}-before")
    yield from _before(one, speech)
    yield Heading(speech.gettext("Underlag"), 3, f"{key}-dossier")
    if one.dossier is None:
        yield line(speech.gettext("Frågan har inget publicerat underlag."))
        return
    yield dossiers.edition(one.dossier, speech)
    yield from dossiers.blocks(one.dossier, speech, notes, level=4)


def _before(one: Subject, speech: Speech) -> Iterator[Block]:
    if not one.earlier:
        yield line(speech.gettext("Frågan har inte tagits upp vid någon träff ännu."))
        return
    left = len(one.earlier) - MOST
    yield dossiers.history([_time(treatment, speech) for treatment in one.earlier[-MOST:]])
    address = speech.address(f"/questions/{one.question.id}")
    if left > 0:
        told = speech.ngettext(
            "Frågan var uppe vid %(num)d träff till före dem:",
            "Frågan var uppe vid %(num)d träffar till före dem:",
            left,
        )
        yield Paragraph((*runs(told), Run(" "), Run(address, href=address)), Manner.QUIET)


def _time(treatment: Treatment, speech: Speech) -> tuple[Run, ...]:
    """`13–14 april 2022, Träff i Umeå: punkt 3, Tentamen på distans`."""
    item = treatment.agenda_item
    meeting = item.meeting
    said = [speech.span(meeting)]
    hosts = speech.hosts(meeting)
    link = speech.address(f"/meetings/{meeting.slug}#item-{item.position}")
    named = speech.gettext("punkt %(number)s, %(title)s", number=item.position, title=item.title)
    where = ", ".join(part for part in (speech.place(meeting), hosts) if part)
    return (
        *runs(", ".join([*said, *([where] if where else [])]) + ":"),
        Run(" "),
        *runs(named, href=link),
    )
