"""A published dossier as blocks, and as a document of its own."""

from collections.abc import Iterator

from ...core.text import POLICY, to_html
from ...questions.models import Question
from ...steering.queries.editions import Cited, Heading, Published, Words
from .. import models as tree
from ..models import Block, Document, Listing, Manner, Quotation, Run, Runs
from . import rich
from .notes import Notes
from .speech import Speech, line, runs


def document(question: Question, dossier: Published, speech: Speech) -> Document:
    """The dossier by itself, opening with the line that stands over every member's words."""
    notes = Notes(speech)
    invented = (line(speech.gettext("Påhittat exempel"), Manner.QUIET),) if question.is_invented else ()
    said = (
        opening(speech),
        *invented,
        edition(dossier, speech),
        *blocks(dossier, speech, notes, level=1),
    )
    return Document(
        kind=speech.gettext("Underlag"),
        title=question.title,
        subtitle="",
        language=speech.language,
        address=speech.address(f"/questions/{question.id}"),
        contents="",
        notes_title=speech.gettext("Noter"),
        blocks=said,
        notes=tuple(notes.kept),
    )


def opening(speech: Speech) -> Block:
    words = speech.gettext("Nätverket tar inte ställning. Det som sägs är enskilda lärosätens erfarenheter.")
    return line(words, Manner.LEAD)


def edition(dossier: Published, speech: Speech) -> Block:
    """Which edition it is, and whether anything has gone from it."""
    told = speech.gettext(
        "Utgåva %(number)s, publicerad %(day)s.",
        number=dossier.number,
        day=speech.day(dossier.published_at),
    )
    if dossier.gone:
        told += " " + speech.ngettext(
            "%(num)d citat har tagits bort sedan dess.",
            "%(num)d citat har tagits bort sedan dess.",
            dossier.gone,
        )
    return line(told, Manner.QUIET)


def blocks(dossier: Published, speech: Speech, notes: Notes, level: int) -> Iterator[Block]:
    """What the dossier says; its headings stand on `level`."""
    if not dossier.nodes:
        yield line(speech.gettext("Underlaget är tomt."), Manner.QUIET)
    was_steering = False
    for node in dossier.nodes:
        if isinstance(node, Heading):
            yield tree.Heading(runs(node.text)[0].text, level, f"part-{node.part_id}")
            was_steering = False
        elif isinstance(node, Words):
            if node.is_steering and not was_steering:
                yield line(speech.gettext("Styrgruppens ord"), Manner.LABEL)
            yield from rich.blocks(node.html, node.policy, speech)
            was_steering = node.is_steering
        else:
            yield _quoted(node, speech, notes)
            was_steering = False


def _quoted(cited: Cited, speech: Speech, notes: Notes) -> Block:
    seat = cited.voice.name_en if speech.language == "en" else cited.voice.name_sv
    whose = ", ".join(part for part in (seat, cited.name, cited.title) if part)
    signature: Runs = (*runs(whose)[:-1], Run(runs(whose)[-1].text, note=notes.of(cited)))
    return Quotation(rich.blocks(to_html(cited.passage), POLICY, speech), signature)


def history(told: list[Runs]) -> Listing:
    """Where a question was treated before, one line for each time."""
    return Listing(tuple((tree.Paragraph(each),) for each in told))
