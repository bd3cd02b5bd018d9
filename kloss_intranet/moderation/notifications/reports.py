"""Letters about reports: a receipt to who reports, and word to every coordinator, who is reminded later."""

from collections.abc import Callable, Collection
from datetime import datetime

from flask_babel import gettext, ngettext
from sqlalchemy import ColumnElement, or_, select

from ...core import clock
from ...core.db import db
from ...mail.models import Letter
from ...mail.services import Draft, enqueue, enqueue_all, stops, supersede
from ...members.models import Member
from ..models import Report, SubjectKind
from ..queries import people
from ..queries.things import Thing, things
from .frame import Words, worded

REPORT, REMINDER = "report:", "reports-wait:"
NOUNS = {
    SubjectKind.POST: "posts",
    SubjectKind.ATTACHMENT: "attachments",
    SubjectKind.MEMBER: "members",
    SubjectKind.THREAD: "threads",
}
QUEUE = "/moderation/"


def way_to(thing: Thing) -> str:
    """The page where a coordinator looks into the thing."""
    return page_of(thing.kind, thing.id)


def page_of(kind: SubjectKind, number: int) -> str:
    return f"{QUEUE}{NOUNS[kind]}/{number}"


def tell_of_report(report: Report, thing: Thing, ground: str) -> None:
    """A receipt to the reporter, and letters to the coordinators but the author and the reporter.

    `ground` is the ground in Swedish words. The letters leave the house, so they name no reporter.
    """
    _receipt(report, thing, ground)
    readers = [one for one in people.judges(clock.today(), thing.author_id) if one.id != report.member_id]
    about = _about(thing)
    supersede([one.id for one in readers], Letter.conversation == about)

    def words() -> Words:
        return Words(
            _named(thing, gettext("Anmält")),
            [
                _what(thing),
                gettext("Skäl till anmälan: %(ground)s", ground=gettext(ground)),
                gettext("Vem som har anmält, och med vilka ord, står på sidan."),
            ],
            _coordinator(),
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


def settled(thing: Thing) -> None:
    """Nobody needs to be told any more that the thing waits to be looked into."""
    everybody = [one.id for one in people.coordinators(clock.today())]
    supersede(everybody, Letter.conversation == _about(thing), Letter.key.startswith(REPORT))


def remind(reports: Collection[Report], now: datetime) -> int:
    """One letter to each coordinator about the reports that wait; gives how many letters were written."""
    found = things((one.subject_kind, one.subject_id) for one in reports)
    today, drafts = clock.today(), []
    judges = {key: {one.id for one in people.judges(today, thing.author_id)} for key, thing in found.items()}
    for reader in people.coordinators(today):
        if number := sum(reader.id in ids for ids in judges.values()):
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
        return Words(gettext("Anmälningar väntar"), [said], _coordinator())

    return words


def _about(thing: Thing) -> str:
    return f"report-{thing.kind.value}-{thing.id}"


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


def _coordinator() -> str:
    return gettext("Du får det här mailet för att du är koordinator.")


@stops
def _to_former_coordinators(letter_ids: Collection[int]) -> set[int]:
    """A letter about a report that has waited does not go to one who is no longer a coordinator."""
    told: ColumnElement[bool] = or_(Letter.key.startswith(REPORT), Letter.key.startswith(REMINDER))
    query = select(Letter.id, Letter.member_id).where(Letter.id.in_(letter_ids), told)
    waiting = db.session.execute(query).all()
    if not waiting:
        return set()
    readers = {member.id for member in people.coordinators(clock.today())}
    return {letter_id for letter_id, member_id in waiting if member_id not in readers}
