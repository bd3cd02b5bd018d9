"""The kinds of things that are reported and moderated, and one address of a kind for each of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue

from ...core.access import requires
from ...core.db import Finder
from ...core.policy import Permission
from ...members import queries as members
from ...threads.queries import attachments, revisions
from ..models import SubjectKind
from ..notifications.coordinators import NOUNS
from ..queries import case
from .blueprint import bp

View = Callable[[Any], ResponseReturnValue]


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is found, and what it takes to report and to moderate it."""

    kind: SubjectKind
    find: Finder
    moderate: Permission
    report: Permission | None = None


POST = Kind(SubjectKind.POST, revisions.whole_post, Permission.POST_MODERATE, Permission.POST_REPORT)
ATTACHMENT = Kind(
    SubjectKind.ATTACHMENT,
    attachments.attachment,
    Permission.ATTACHMENT_MODERATE,
    Permission.ATTACHMENT_REPORT,
)
MEMBER = Kind(SubjectKind.MEMBER, members.member, Permission.MEMBER_MODERATE, Permission.MEMBER_REPORT)
THREAD = Kind(SubjectKind.THREAD, case.thread, Permission.THREAD_MODERATE)
KINDS = {each.kind: each for each in (POST, ATTACHMENT, MEMBER, THREAD)}


def for_reporting(address: str, name: str, method: str, view: View) -> None:
    """Let `view` answer at `address` for each kind that can be reported; `{thing}` is its noun and number."""
    for kind in KINDS.values():
        if kind.report is not None:
            _add(kind, kind.report, address, name, method, view)


def for_moderating(
    address: str, name: str, method: str, view: View, kinds: Iterable[Kind] = tuple(KINDS.values())
) -> None:
    """The same for coordinators."""
    for kind in kinds:
        _add(kind, kind.moderate, address, name, method, view)


def _add(kind: Kind, permission: Permission, address: str, name: str, method: str, view: View) -> None:
    thing = f"{NOUNS[kind.kind]}/<int:{kind.kind.value}_id>"
    bp.add_url_rule(
        address.format(thing=thing),
        f"{name}_{kind.kind.value}",
        requires(permission, find=kind.find)(view),
        methods=[method],
    )
