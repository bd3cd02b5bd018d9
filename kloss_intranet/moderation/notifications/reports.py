"""Letters about reports: a receipt to who reports, and word to every coordinator, who is reminded later."""

from collections.abc import Callable, Collection
from datetime import datetime

from flask_babel import gettext, ngettext

from ...core import clock
from ...core.db import db
from ...mail.models import Letter
from ...mail.services import Draft, enqueue, enqueue_all, supersede
from ...members.models import Member
from ..models import Report, SubjectKind
from ..queries import people
from ..queries.things import Thing, things
from .coordinators import QUEUE, REMINDER, REPORT, way_to, why
from .frame import Words, worded


def tell_of_report(report: Report, thing: Thing, ground: str) -> None:
    """A receipt to the reporter, and letters to the coordinators but the author and the reporter.

    `ground` is the ground in Swedish words. The letters leave the house, so they name no reporter.
    """
    _receipt(report, thing, ground)
    judges = people.judges(people.coordinators(clock.today()), thing.author_id)
    readers = [one for one in judges if one.id != report.member_id]
    about = _about(thing.kind, thing.id)
    supersede([one.id for one in readers], Letter.conversation == about)

    def words() -> Words:
        return Words(
            _named(thing, gettext("Anmält")),
            [
                _what(thing),
                gettext("Skäl till anmälan: %(ground)s", ground=gettext(ground)),
                gettext("Vem som har anmält, och med vilka ord, står på sidan."),
            ],
            why(),
        )

    in_language = worded(words, way_to(thing))
    enqueue_all(
        [
            Draft(f"{REPORT}{report.id}:{one.id}", one, *in_language(one.language), about, way_to(thing))
            for one in readers
        ]
    )


def _receipt(report: Report, thing: Thing, ground: str) -> None:
    member = db.session.get_one(Member, report.member_id)

    def words() -> Words:
        return Words(
            _named(thing, gettext("Vi har tagit emot din anmälan")),
            [
                gettext("Tack. Din anmälan har kommit fram."),
                _what(thing),
                gettext("Skäl till anmälan: %(ground)s", ground=gettext(ground)),
            ],
            gettext("Du får det här mailet för att du har gjort en anmälan."),
            [(gettext("Med dina ord"), report.words)] if report.words else [],
            [
                gettext(
                    "En koordinator läser det du har anmält i sitt sammanhang, oftast inom två dagar, och du "
                    "får ett mail när det är prövat. Den som har skrivit får aldrig veta vem som har anmält."
                ),
                gettext("Så går det till:"),
            ],
        )

    subject, plain, html = worded(words, "/rules/moderation")(member.language)
    enqueue(f"receipt:{report.id}", member, subject=subject, plain=plain, html=html)


def settled(kind: SubjectKind, number: int) -> None:
    """Nobody needs to be told any more that the thing waits to be looked into."""
    everybody = [one.id for one in people.coordinators(clock.today())]
    supersede(everybody, Letter.conversation == _about(kind, number), Letter.key.startswith(REPORT))


def remind(reports: Collection[Report], now: datetime) -> int:
    """One letter to each coordinator about the reports that wait; gives how many letters were written."""
    found = things((one.subject_kind, one.subject_id) for one in reports)
    everybody, drafts = people.coordinators(clock.today()), []
    judges = [{one.id for one in people.judges(everybody, thing.author_id)} for thing in found.values()]
    for reader in everybody:
        if number := sum(reader.id in ids for ids in judges):
            in_language = worded(_reminding(number), QUEUE)
            key = f"{REMINDER}{now.isoformat()}:{reader.id}"
            drafts.append(Draft(key, reader, *in_language(reader.language), "reports-wait", QUEUE))
    supersede([draft.to.id for draft in drafts], Letter.key.startswith(REMINDER))
    enqueue_all(drafts)
    return len(drafts)


def _reminding(number: int) -> Callable[[], Words]:
    def words() -> Words:
        said = ngettext(
            "%(num)d anmälan har väntat i mer än två dagar.",
            "%(num)d anmälda saker har väntat i mer än två dagar.",
            number,
        )
        return Words(gettext("Anmälningar väntar"), [said], why())

    return words


def _about(kind: SubjectKind, number: int) -> str:
    return f"report-{kind.value}-{number}"


def _named(thing: Thing, what: str) -> str:
    return f"{what}: {thing.place or thing.author}"


def _what(thing: Thing) -> str:
    """What was reported, without its words: the letter may be forwarded."""
    name, thread = thing.author, thing.place
    if thing.kind is SubjectKind.POST:
        return gettext("Det gäller ett inlägg av %(name)s i tråden «%(thread)s».", name=name, thread=thread)
    if thing.kind is SubjectKind.ATTACHMENT:
        return gettext(
            "Det gäller en fil vid ett inlägg av %(name)s i tråden «%(thread)s».", name=name, thread=thread
        )
    return gettext("Det gäller presentationen av %(name)s.", name=name)
