"""Who comes, as every member may see it: name, institution and part, and nothing of what anybody needs."""

from collections.abc import Iterator

from ...attendance.models import Answer
from ..models import Block, Paragraph, Run, Table
from ..queries import Comer, Gathered
from .speech import Speech, line, runs


def participants(found: Gathered, speech: Speech) -> Iterator[Block]:
    if not any(part.takes_sign_ups for part in found.meeting.programme):
        yield line(speech.gettext("Träffen har ingen del som man anmäler sig till."))
        return
    if not found.comers:
        yield line(speech.gettext("Ingen har anmält sig än."))
        return
    head = (speech.gettext("Lärosäte"), speech.gettext("Namn"), speech.gettext("Kommer till"))
    whole = frozenset(part.id for part in found.meeting.programme if part.takes_sign_ups)
    rows = tuple(_row(one, whole, speech) for one in found.comers)
    yield Table(speech.gettext("Deltagare"), head, (3, 2, 4), rows)


def _row(one: Comer, whole: frozenset[int], speech: Speech) -> tuple[tuple[Paragraph, ...], ...]:
    seat = one.institution.name(speech.language) if one.institution else one.affiliation or ""
    name = runs(one.name)
    if one.absent:
        name = (*name, Run(", " + speech.gettext("ersätter %(name)s", name=one.absent)))
    return (line(seat),), (Paragraph(name),), tuple(_parts(one, whole, speech))


def _parts(one: Comer, whole: frozenset[int], speech: Speech) -> Iterator[Paragraph]:
    """What somebody comes to, in few words where that is `whole`: all that one signs up for."""
    coming = {part.id for part, answer in one.parts if answer is Answer.COMING}
    if len(whole) > 1 and coming >= whole and len(coming) == len(one.parts):
        yield line(speech.gettext("alla delar"))
        return
    for part, answer in one.parts:
        if answer is Answer.WAITING:
            yield line(speech.gettext("%(part)s (står i kö)", part=part.title))
        else:
            yield line(part.title)
