"""What was done and with what, in the words that its author meets."""

from flask_babel import gettext

from ...core.policy import Actor
from ..models import Act, SubjectKind
from ..queries.reach import in_reach
from ..queries.things import Thing

TOLD = frozenset(
    {Act.ASK, Act.HIDE, Act.RESTORE, Act.KEEP, Act.MOVE, Act.MERGE, Act.SPLIT, Act.LOCK, Act.UNLOCK}
)
"""The acts that the author gets a letter about; the others only show, and stand among the own matters."""


def title_for(reader: Actor | None, thing: Thing | None) -> str | None:
    """The title of the thread where it stands, if the reader may see the thread by now."""
    return thing.place if thing is not None and in_reach(reader, [thing]) else None


def about(kind: SubjectKind, title: str | None) -> str:
    """A heading for a letter to the author, which says nothing of what was done."""
    if kind is SubjectKind.MEMBER:
        return gettext("Om din presentation")
    said = {
        SubjectKind.POST: gettext("Om ditt inlägg"),
        SubjectKind.ATTACHMENT: gettext("Om din fil"),
        SubjectKind.THREAD: gettext("Om din tråd"),
    }[kind]
    return f"{said}: {title}" if title else said


def mine(kind: SubjectKind, title: str | None) -> str:
    """The thing as its author is spoken to about it, within a sentence."""
    if kind is SubjectKind.MEMBER:
        return gettext("din presentation")
    if kind is SubjectKind.THREAD:
        return gettext("tråden «%(title)s», som du öppnade", title=title) if title else gettext("din tråd")
    if kind is SubjectKind.ATTACHMENT:
        if title is None:
            return gettext("en fil vid ditt inlägg")
        return gettext("en fil vid ditt inlägg i tråden «%(title)s»", title=title)
    return gettext("ditt inlägg i tråden «%(title)s»", title=title) if title else gettext("ditt inlägg")


def done(act: Act, thing: str) -> str:
    """What the coordinator has done with `thing`, as one sentence."""
    return {
        Act.DISMISS: gettext("Ett ärende om %(thing)s är avslutat utan åtgärd.", thing=thing),
        Act.ASK: gettext("Koordinatorn ber dig ändra %(thing)s.", thing=thing),
        Act.HIDE: gettext("Koordinatorn har dolt %(thing)s.", thing=thing),
        Act.RESTORE: gettext("Koordinatorn har åter visat %(thing)s.", thing=thing),
        Act.KEEP: gettext(
            "Koordinatorn har prövat ärendet om %(thing)s igen. Det blir som det är.", thing=thing
        ),
        Act.MOVE: gettext("Koordinatorn har flyttat %(thing)s.", thing=thing),
        Act.MERGE: gettext("Koordinatorn har slagit ihop %(thing)s, med en annan tråd.", thing=thing),
        Act.SPLIT: gettext("Koordinatorn har delat %(thing)s.", thing=thing),
        Act.LOCK: gettext("Koordinatorn har låst %(thing)s.", thing=thing),
        Act.UNLOCK: gettext("Koordinatorn har låst upp %(thing)s.", thing=thing),
        Act.PIN: gettext("Koordinatorn har fäst %(thing)s, först bland träffens trådar.", thing=thing),
        Act.UNPIN: gettext("Koordinatorn har slutat fästa %(thing)s.", thing=thing),
        Act.MARK: gettext("Koordinatorn har märkt %(thing)s som milstolpe.", thing=thing),
        Act.UNMARK: gettext("Koordinatorn har tagit bort milstolpen från %(thing)s.", thing=thing),
    }[act]


def meaning(act: Act) -> str | None:
    """What follows from it for the author, where that does not go without saying."""
    return {
        Act.ASK: gettext("Du ändrar själv, när du vill. Vill du låta det stå, svara och skriv varför."),
        Act.HIDE: gettext(
            "Det visas inte längre för någon annan. I tråden står bara att något är dolt. "
            "Det finns kvar och går att visa igen."
        ),
        Act.RESTORE: gettext("Det står där det stod, som om det aldrig hade varit dolt."),
        Act.MOVE: gettext("Gamla länkar leder rätt, och där det stod finns en hänvisning."),
        Act.MERGE: gettext("Alla inlägg är kvar, och gamla länkar leder rätt."),
        Act.SPLIT: gettext("Alla inlägg är kvar, och gamla länkar leder rätt."),
        Act.LOCK: gettext("Tråden går att läsa och hitta, men inte att skriva i."),
        Act.UNLOCK: gettext("Det går att skriva i den igen."),
    }.get(act)
