"""What letters to coordinators share: where they lead, why they come, and whom they no longer reach."""

from collections.abc import Collection

from flask_babel import gettext

from ...core import clock
from ...mail.queries import to_others_than
from ...mail.services import stops
from ..models import SubjectKind
from ..queries.people import coordinators
from ..queries.things import Thing

REPORT, REMINDER, ANSWER = "report:", "reports-wait:", "moderation-answer:"
"""How the keys of the letters begin."""
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


def why() -> str:
    return gettext("Du får det här mailet för att du är koordinator.")


@stops
def _to_former_coordinators(letter_ids: Collection[int]) -> set[int]:
    """A letter that has waited does not go to one who is no longer a coordinator."""
    return to_others_than(lambda: coordinators(clock.today()), letter_ids, REPORT, REMINDER, ANSWER)
