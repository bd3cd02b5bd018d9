"""Who may do what: one table, read by routes, templates and the page that prints it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from .words import text

Predicate = Callable[["Actor", Any], bool]


@dataclass(frozen=True)
class Actor:
    """The signed-in person as of this request: what the session, mandate and roles say.

    `reads_until` (UTC) is the end of the last mandate of someone who has none left, else None.
    """

    token: str
    session_id: int
    member_id: int
    name: str
    title: str | None
    language: str
    mandate_id: int | None
    institution_id: int | None
    roles: frozenset[str]
    hosted: frozenset[int]
    invited: frozenset[int]
    reads_until: datetime | None
    standing_in: frozenset[int] = frozenset()

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.token

    @property
    def in_network(self) -> bool:
        return self.mandate_id is not None or bool(self.roles)

    @property
    def in_steering(self) -> bool:
        return bool(self.roles & {"steering", "convenor", "coordinator"})

    @property
    def is_coordinator(self) -> bool:
        return "coordinator" in self.roles


def signed_in(actor: Actor, thing: Any) -> bool:
    return True


def in_network(actor: Actor, thing: Any) -> bool:
    return actor.in_network


def is_former(actor: Actor, thing: Any) -> bool:
    return not actor.in_network and actor.reads_until is not None


def in_steering(actor: Actor, thing: Any) -> bool:
    return actor.in_steering


def is_coordinator(actor: Actor, thing: Any) -> bool:
    return actor.is_coordinator


def hosts(actor: Actor, meeting: Any) -> bool:
    return bool(meeting and meeting.id in actor.hosted)


def is_guest(actor: Actor, meeting: Any) -> bool:
    return meeting is not None and meeting.id in actor.invited


def stands_in(actor: Actor, meeting: Any) -> bool:
    """The actor comes to this one meeting in the place of somebody else."""
    return meeting is not None and meeting.id in actor.standing_in


def in_term(actor: Actor, thing: Any) -> bool:
    """The thing was there before the actor's last mandate ended."""
    return thing is None or (actor.reads_until is not None and thing.known_at < actor.reads_until)


def for_network(actor: Actor, thread: Any) -> bool:
    return bool(thread.audience == "network")


def guests_in(actor: Actor, thread: Any) -> bool:
    """The thread is shared with the guests of its meeting, and the actor is one of them."""
    return bool(thread.for_guests and thread.meeting_id in actor.invited)


def opened(actor: Actor, thread: Any) -> bool:
    return bool(thread.opened_by_id == actor.member_id)


def stands(actor: Actor, post: Any) -> bool:
    """The post is not withdrawn."""
    return bool(post.withdrawn_at is None)


def offered(actor: Actor, attachment: Any) -> bool:
    """The file stands beside a post, and neither is withdrawn."""
    return bool(attachment.is_offered)


def is_pending(actor: Actor, attachment: Any) -> bool:
    """The file waits in a form that has not been sent."""
    return bool(attachment.is_pending)


def is_open(actor: Actor, thread: Any) -> bool:
    return bool(thread.closed_at is None)


def is_own(actor: Actor, thing: Any) -> bool:
    return bool(thing.member_id == actor.member_id)


class Permission(StrEnum):
    """Everything that can be permitted, named noun:verb."""

    HOME_READ = "home:read"
    THEME_READ = "theme:read"
    THEME_FOLLOW = "theme:follow"
    MEETING_LIST = "meeting:list"
    MEETING_READ = "meeting:read"
    MEETING_PUBLISH = "meeting:publish"
    MEETING_FOLLOW = "meeting:follow"
    QUESTION_READ = "question:read"
    THREAD_LIST = "thread:list"
    NEWS_MARK = "news:mark"
    THREAD_READ = "thread:read"
    THREAD_OPEN = "thread:open"
    THREAD_EDIT = "thread:edit"
    THREAD_MARK = "thread:mark"
    THREAD_FOLLOW = "thread:follow"
    POST_READ = "post:read"
    POST_WRITE = "post:write"
    POST_EDIT = "post:edit"
    POST_WITHDRAW = "post:withdraw"
    POST_SAVE = "post:save"
    REVISION_READ = "revision:read"
    ATTACHMENT_READ = "attachment:read"
    ATTACHMENT_WRITE = "attachment:write"
    DRAFT_READ = "draft:read"
    DRAFT_WRITE = "draft:write"
    NOTICE_MARK = "notice:mark"
    MEMBER_READ = "member:read"
    MEMBER_INVITE = "member:invite"
    SETTING_READ = "setting:read"
    SETTING_WRITE = "setting:write"
    SESSION_END = "session:end"


@dataclass(frozen=True)
class Rule:
    """`sentence` says the permission in words; one of `alternatives` must hold whole.

    `sees` is the permission to know that the thing exists; without it the answer is "not found".
    """

    sentence: str
    alternatives: tuple[tuple[Predicate, ...], ...]
    sees: Permission | None = None


P = Permission
EVERYONE = ((signed_in,),)
NETWORK = ((in_network,),)
READ_THREAD = ((in_network, for_network), (in_steering,), (is_former, for_network, in_term), (guests_in,))
WRITES = ((in_network, for_network), (in_steering,), (guests_in,))
TABLE: dict[Permission, Rule] = {
    P.HOME_READ: Rule(text("Se sin egen översikt"), EVERYONE),
    P.THEME_READ: Rule(text("Läsa teman"), (*NETWORK, (is_former,))),
    P.THEME_FOLLOW: Rule(text("Följa ett tema"), NETWORK, sees=P.THEME_READ),
    P.MEETING_LIST: Rule(text("Se listan över de träffar man har tillgång till"), EVERYONE),
    P.MEETING_READ: Rule(
        text("Läsa en träffs program och dagordning"), (*NETWORK, (is_former, in_term), (hosts,), (is_guest,))
    ),
    P.MEETING_PUBLISH: Rule(
        text("Öppna en planerad träff för nätverket"), ((is_coordinator,),), sees=P.MEETING_READ
    ),
    P.MEETING_FOLLOW: Rule(text("Följa en träffs trådar"), (*NETWORK, (is_guest,)), sees=P.MEETING_READ),
    P.QUESTION_READ: Rule(text("Läsa prioriterade frågor"), (*NETWORK, (is_former, in_term))),
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
        tuple((*row, is_own) for row in WRITES),
        sees=P.POST_READ,
    ),
    P.POST_SAVE: Rule(text("Spara ett inlägg till senare"), READ_THREAD, sees=P.POST_READ),
    P.REVISION_READ: Rule(
        text("Läsa ett inläggs tidigare lydelser"),
        (*((*row, stands) for row in READ_THREAD), *((*row, is_own) for row in WRITES)),
        sees=P.POST_READ,
    ),
    P.ATTACHMENT_READ: Rule(
        text("Hämta en fil vid ett inlägg"),
        (
            *((*row, offered) for row in READ_THREAD),
            *((*row, is_own) for row in WRITES),
            (is_own, is_pending),
        ),
    ),
    P.ATTACHMENT_WRITE: Rule(
        text("Ersätta, beskriva och ta bort en egen fil"),
        (*((*row, is_own, is_open, offered) for row in WRITES), (is_own, is_pending)),
        sees=P.ATTACHMENT_READ,
    ),
    P.DRAFT_READ: Rule(text("Se sina egna utkast"), EVERYONE),
    P.DRAFT_WRITE: Rule(text("Spara och kasta egna utkast"), ((is_own,),), sees=P.DRAFT_WRITE),
    P.NOTICE_MARK: Rule(text("Märka sina egna meddelanden som sedda"), EVERYONE),
    P.MEMBER_READ: Rule(text("Se lärosäten och medlemmar"), NETWORK),
    P.MEMBER_INVITE: Rule(text("Bjuda in en medlem och registrera uppdrag"), ((is_coordinator,),)),
    P.SETTING_READ: Rule(text("Se sina egna inställningar"), EVERYONE),
    P.SETTING_WRITE: Rule(text("Ändra sina egna inställningar"), EVERYONE),
    P.SESSION_END: Rule(text("Avsluta en egen inloggning"), ((is_own,),), sees=P.SESSION_END),
}


def may(actor: Actor | None, permission: Permission | str, thing: Any = None) -> bool:
    """Whether `actor` (None: nobody signed in) may do `permission` to `thing`."""
    if actor is None:
        return False
    return any(
        all(holds(actor, thing) for holds in row) for row in TABLE[Permission(permission)].alternatives
    )
