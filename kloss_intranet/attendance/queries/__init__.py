"""Reading sign-ups, needs, stand-ins and attendance."""

from .needs import LIFE, Need, erased_at, needs_of, own_needs
from .parts import Part, closes_at, parts, takes
from .people import Participant, comers, hosts_to_ask, participant, unanswered
from .reach import out_of_reach, reaches
from .standing import stand_in, stand_in_by_id, stands_in_for

__all__ = [
    "LIFE",
    "Need",
    "Part",
    "Participant",
    "closes_at",
    "comers",
    "erased_at",
    "hosts_to_ask",
    "needs_of",
    "out_of_reach",
    "own_needs",
    "participant",
    "parts",
    "reaches",
    "stand_in",
    "stand_in_by_id",
    "stands_in_for",
    "takes",
    "unanswered",
]
