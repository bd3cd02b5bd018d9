"""Who may do what: one table, read by routes, templates and the page that prints it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from . import clock
from .words import text

HOST_STAY = timedelta(days=30)
"""How long after a meeting its hosts still arrange it."""

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


def seat_hosts(actor: Actor, meeting: Any) -> bool:
    """The actor represents a host of the meeting (given with its hosts), at most HOST_STAY after it."""
    if meeting is None or actor.institution_id is None:
        return False
    is_host = any(host.institution_id == actor.institution_id for host in meeting.hosts)
    return is_host and bool(clock.now() < meeting.ends_at + HOST_STAY)


def has_seat(actor: Actor, thing: Any) -> bool:
    """The actor represents an institution."""
    return actor.institution_id is not None


def of_own_seat(actor: Actor, thing: Any) -> bool:
    """The thing belongs to the institution that the actor represents."""
    return bool(actor.institution_id is not None and thing.institution_id == actor.institution_id)


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


def for_members(actor: Actor, folder: Any) -> bool:
    """The folder, or the file in it, is not for the steering group alone."""
    return bool(folder.readers != "steering")


def for_guests(actor: Actor, folder: Any) -> bool:
    """The folder, or the file in it, is shared with the guests of its meeting."""
    return bool(folder.readers == "guests")


def hosts_there(actor: Actor, thing: Any) -> bool:
    return thing.meeting_id in actor.hosted


def is_absent(actor: Actor, stand_in: Any) -> bool:
    """The stand-in comes in the actor's place."""
    return bool(stand_in.absent_id == actor.member_id)


def seat_hosts_there(actor: Actor, thing: Any) -> bool:
    return seat_hosts(actor, thing.meeting)


def is_guest_there(actor: Actor, thing: Any) -> bool:
    return thing.meeting_id in actor.invited


def stands_in_there(actor: Actor, thing: Any) -> bool:
    return thing.meeting_id in actor.standing_in


def is_out(actor: Actor, material: Any) -> bool:
    """The file is not withdrawn, and the time it waits for has come."""
    return bool(material.is_out)


def is_kept(actor: Actor, material: Any) -> bool:
    """The file is not withdrawn."""
    return bool(material.withdrawn_at is None)


def minutes_out(actor: Actor, meeting: Any) -> bool:
    """The meeting's minutes have been published."""
    return bool(meeting and meeting.minutes_published_at)


def out_in_term(actor: Actor, meeting: Any) -> bool:
    """The meeting's minutes were published before the actor's last mandate ended."""
    return bool(
        meeting
        and meeting.minutes_published_at
        and actor.reads_until
        and meeting.minutes_published_at < actor.reads_until
    )


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
    MEETING_PLAN = "meeting:plan"
    MEETING_EDIT = "meeting:edit"
    MEETING_ARRANGE = "meeting:arrange"
    GUEST_ADMIT = "guest:admit"
    PLANNING_READ = "planning:read"
    OFFER_WRITE = "offer:write"
    OFFER_WITHDRAW = "offer:withdraw"
    MEETING_CLOSE = "meeting:close"
    CLOSING_READ = "closing:read"
    SIGN_UP_READ = "sign-up:read"
    SIGN_UP_WRITE = "sign-up:write"
    SIGN_UP_EDIT = "sign-up:edit"
    NEEDS_SHOW = "needs:show"
    STAND_IN_NAME = "stand-in:name"
    STAND_IN_END = "stand-in:end"
    ATTENDANCE_WRITE = "attendance:write"
    QUESTION_READ = "question:read"
    FOLDER_MAKE = "folder:make"
    FOLDER_READ = "folder:read"
    FOLDER_EDIT = "folder:edit"
    FOLDER_FILL = "folder:fill"
    MATERIAL_READ = "material:read"
    MATERIAL_EDIT = "material:edit"
    MINUTES_READ = "minutes:read"
    MINUTES_WRITE = "minutes:write"
    MINUTES_PUBLISH = "minutes:publish"
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
READ_THREAD = (
    (in_network, for_network),
    (in_steering,),
    (is_former, for_network, in_term),
    (guests_in,),
    (stands_in_there, for_network),
)
WRITES = ((in_network, for_network), (in_steering,), (guests_in,), (stands_in_there, for_network))
ARRANGES = ((is_coordinator,), (hosts,), (seat_hosts,))
"""Who sees to the practical side of a meeting."""
IN_FOLDER = (
    (in_network, for_members),
    (is_former, for_members, in_term),
    (hosts_there, for_members),
    (stands_in_there, for_members),
    (is_guest_there, for_guests),
)
"""Who reads a folder, beside the steering group."""
KEEPS_FOLDER = ((in_steering,), (hosts_there, for_members), (seat_hosts_there, for_members))
FILLS_OWN = ((in_network, for_guests), (is_guest_there, for_guests))
"""Who lays slides into a folder that is shared with the guests, and looks after their own."""
TABLE: dict[Permission, Rule] = {
    P.HOME_READ: Rule(text("Se sin egen översikt"), EVERYONE),
    P.THEME_READ: Rule(text("Läsa teman"), (*NETWORK, (is_former,))),
    P.THEME_FOLLOW: Rule(text("Följa ett tema"), NETWORK, sees=P.THEME_READ),
    P.MEETING_LIST: Rule(text("Se listan över de träffar man har tillgång till"), EVERYONE),
    P.MEETING_READ: Rule(
        text("Läsa en träffs program och dagordning"),
        (*NETWORK, (is_former, in_term), (hosts,), (is_guest,), (stands_in,)),
    ),
    P.MEETING_PUBLISH: Rule(
        text("Öppna en planerad träff för nätverket"), ((is_coordinator,),), sees=P.MEETING_READ
    ),
    P.MEETING_FOLLOW: Rule(text("Följa en träffs trådar"), (*NETWORK, (is_guest,)), sees=P.MEETING_READ),
    P.MEETING_CLOSE: Rule(text("Avsluta en träff som har varit"), ((is_coordinator,),), sees=P.MEETING_READ),
    P.CLOSING_READ: Rule(
        text("Läsa hur en träff avslutades"), (*NETWORK, (is_former, in_term), (stands_in_there,))
    ),
    P.MEETING_PLAN: Rule(text("Planera en ny träff"), ((is_coordinator,),)),
    P.MEETING_EDIT: Rule(
        text("Ändra en träff, dess värdar och dagordning, och ställa in den"),
        ((is_coordinator,),),
        sees=P.MEETING_READ,
    ),
    P.MEETING_ARRANGE: Rule(
        text("Ordna det praktiska kring en träff"),
        ((is_coordinator,), (hosts,), (seat_hosts,)),
        sees=P.MEETING_READ,
    ),
    P.GUEST_ADMIT: Rule(
        text("Släppa in gäster till en träff, och avsluta det"), ARRANGES, sees=P.MEETING_READ
    ),
    P.PLANNING_READ: Rule(text("Se kommande träffar och hur värdskapet har gått runt"), NETWORK),
    P.OFFER_WRITE: Rule(text("Erbjuda det egna lärosätet som värd"), ((has_seat,),)),
    P.OFFER_WITHDRAW: Rule(
        text("Ta tillbaka ett erbjudande om värdskap"),
        ((of_own_seat,), (is_coordinator,)),
        sees=P.PLANNING_READ,
    ),
    P.SIGN_UP_READ: Rule(
        text("Se vilka som kommer till en träff"), (*NETWORK, (hosts,)), sees=P.MEETING_READ
    ),
    P.SIGN_UP_WRITE: Rule(
        text("Anmäla sig till en träff"), (*NETWORK, (hosts,), (is_guest,), (stands_in,)), sees=P.MEETING_READ
    ),
    P.SIGN_UP_EDIT: Rule(
        text("Ändra andras anmälan, också när den har stängt"), ARRANGES, sees=P.MEETING_READ
    ),
    P.NEEDS_SHOW: Rule(text("Se vad träffens deltagare behöver"), ARRANGES, sees=P.MEETING_READ),
    P.STAND_IN_NAME: Rule(text("Låta någon komma i ens ställe"), NETWORK, sees=P.MEETING_READ),
    P.STAND_IN_END: Rule(
        text("Ta tillbaka att någon kommer i ens ställe"),
        ((is_absent,), (is_coordinator,)),
        sees=P.STAND_IN_END,
    ),
    P.ATTENDANCE_WRITE: Rule(
        text("Anteckna hur många som var med på en träff"), ARRANGES, sees=P.MEETING_READ
    ),
    P.QUESTION_READ: Rule(text("Läsa prioriterade frågor"), (*NETWORK, (is_former, in_term))),
    P.FOLDER_MAKE: Rule(
        text("Göra en mapp för en träffs material"),
        ((in_steering,), (hosts,), (seat_hosts,)),
        sees=P.MEETING_READ,
    ),
    P.FOLDER_READ: Rule(text("Se en mapp med material"), ((in_steering,), *IN_FOLDER)),
    P.FOLDER_EDIT: Rule(
        text("Byta namn på en mapp, ändra vilka som läser den och ta bort den tom"),
        KEEPS_FOLDER,
        sees=P.FOLDER_READ,
    ),
    P.FOLDER_FILL: Rule(text("Lägga in filer i en mapp"), (*KEEPS_FOLDER, *FILLS_OWN), sees=P.FOLDER_READ),
    P.MATERIAL_READ: Rule(
        text("Hämta en fil ur en mapp"),
        (
            *((*row, is_out) for row in IN_FOLDER),
            *((*row, is_kept) for row in KEEPS_FOLDER),
            *((*row, is_own, is_kept) for row in FILLS_OWN),
        ),
    ),
    P.MATERIAL_EDIT: Rule(
        text("Ersätta, ändra och dra tillbaka en fil i en mapp"),
        (*KEEPS_FOLDER, *((*row, is_own) for row in FILLS_OWN)),
        sees=P.MATERIAL_EDIT,
    ),
    P.MINUTES_READ: Rule(
        text("Läsa en träffs minnesanteckningar"),
        ((in_steering,), (in_network, minutes_out), (is_former, out_in_term), (stands_in, minutes_out)),
    ),
    P.MINUTES_WRITE: Rule(text("Skriva minnesanteckningar"), ((in_steering,),), sees=P.MINUTES_READ),
    P.MINUTES_PUBLISH: Rule(text("Publicera minnesanteckningar"), ((is_coordinator,),), sees=P.MINUTES_READ),
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
