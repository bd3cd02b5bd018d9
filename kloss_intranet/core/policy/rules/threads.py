"""Who may do what with threads, posts, files beside them and drafts."""

from ...words import text
from ..permissions import Permission, Rule
from ..predicates import (
    for_network,
    guests_in,
    in_network,
    in_steering,
    in_term,
    is_coordinator,
    is_former,
    is_hidden,
    is_open,
    is_own,
    is_pending,
    not_hidden,
    offered,
    opened,
    stands,
    stands_in_there,
)
from .common import EVERYONE, NETWORK

P = Permission

READ_THREAD = (
    (in_network, for_network),
    (in_steering,),
    (is_former, for_network, in_term),
    (guests_in,),
    (stands_in_there, for_network),
)
WRITES = ((in_network, for_network), (in_steering,), (guests_in,), (stands_in_there, for_network))
RULES: dict[Permission, Rule] = {
    P.THREAD_LIST: Rule(text("Se vad som är nytt i trådarna"), (*NETWORK, (is_former,))),
    P.NEWS_MARK: Rule(text("Märka det som är nytt som läst"), (*NETWORK, (is_former,))),
    P.THREAD_READ: Rule(text("Läsa en tråd"), READ_THREAD),
    P.THREAD_OPEN: Rule(text("Öppna en tråd till en träff"), NETWORK, sees=P.MEETING_READ),
    P.THREAD_MARK: Rule(text("Märka en tråd som läst"), READ_THREAD, sees=P.THREAD_READ),
    P.THREAD_EDIT: Rule(
        text("Ändra en tråds rubrik och villkor"),
        ((opened, in_network, for_network), (opened, in_steering), (is_coordinator,)),
        sees=P.THREAD_READ,
    ),
    P.THREAD_FOLLOW: Rule(text("Följa en tråd"), WRITES, sees=P.THREAD_READ),
    P.POST_READ: Rule(text("Läsa ett inlägg"), READ_THREAD),
    P.POST_WRITE: Rule(
        text("Skriva i en tråd"),
        tuple((*row, is_open) for row in WRITES),
        sees=P.THREAD_READ,
    ),
    P.POST_EDIT: Rule(
        text("Ändra ett eget inlägg"),
        tuple((*row, is_own, is_open, stands) for row in WRITES),
        sees=P.POST_READ,
    ),
    P.POST_WITHDRAW: Rule(
        text("Dra tillbaka ett eget inlägg och ångra det"),
        tuple((*row, is_own, not_hidden) for row in WRITES),
        sees=P.POST_READ,
    ),
    P.POST_SAVE: Rule(text("Spara ett inlägg till senare"), READ_THREAD, sees=P.POST_READ),
    P.REVISION_READ: Rule(
        text("Läsa ett inläggs tidigare lydelser"),
        (
            *((*row, stands) for row in READ_THREAD),
            *((*row, is_own) for row in WRITES),
            (is_coordinator, is_hidden),
        ),
        sees=P.POST_READ,
    ),
    P.ATTACHMENT_READ: Rule(
        text("Hämta en fil vid ett inlägg"),
        (
            *((*row, offered) for row in READ_THREAD),
            *((*row, is_own) for row in WRITES),
            (is_own, is_pending),
            (is_coordinator, is_hidden),
        ),
    ),
    P.ATTACHMENT_WRITE: Rule(
        text("Ersätta, beskriva och ta bort en egen fil"),
        (*((*row, is_own, is_open, offered) for row in WRITES), (is_own, is_pending)),
        sees=P.ATTACHMENT_READ,
    ),
    P.DRAFT_READ: Rule(text("Se sina egna utkast"), EVERYONE),
    P.DRAFT_WRITE: Rule(text("Spara och kasta egna utkast"), ((is_own,),), sees=P.DRAFT_WRITE),
}
