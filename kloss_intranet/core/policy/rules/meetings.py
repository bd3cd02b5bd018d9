"""Who may do what with a meeting: its planning, sign-ups, materials, minutes and closing."""

from ...words import text
from ..permissions import Permission, Rule
from ..predicates import (
    for_guests,
    for_members,
    has_seat,
    hosts,
    hosts_there,
    in_network,
    in_steering,
    in_term,
    is_absent,
    is_coordinator,
    is_former,
    is_guest,
    is_guest_there,
    is_kept,
    is_out,
    is_own,
    minutes_out,
    of_own_seat,
    out_in_term,
    seat_hosts,
    seat_hosts_there,
    stands_in,
    stands_in_there,
)
from .common import EVERYONE, NETWORK

P = Permission

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
RULES: dict[Permission, Rule] = {
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
}
