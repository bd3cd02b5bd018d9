"""Who may do what: one table, read by routes, templates and the page that prints it."""

from typing import Any

from .actor import Actor
from .permissions import Permission, Rule
from .predicates import HOST_STAY, seat_hosts
from .rules import TABLE


def may(actor: Actor | None, permission: Permission | str, thing: Any = None) -> bool:
    """Whether `actor` (None: nobody signed in) may do `permission` to `thing`."""
    if actor is None:
        return False
    return any(
        all(holds(actor, thing) for holds in row) for row in TABLE[Permission(permission)].alternatives
    )


__all__ = ["HOST_STAY", "TABLE", "Actor", "Permission", "Rule", "may", "seat_hosts"]
