"""The signed-in person, as the rules see them."""

from dataclasses import dataclass
from datetime import datetime


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
