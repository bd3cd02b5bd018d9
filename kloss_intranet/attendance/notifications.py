"""The letters about coming to a meeting: a seat in the queue, and coming in somebody's place."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from flask import current_app, render_template, url_for
from flask_babel import force_locale

from ..core import clock
from ..core.db import db
from ..core.language import LOCALES, gettext
from ..mail.services import enqueue, stops
from ..meetings.models import Meeting, ProgrammeItem
from ..members.models import Member
from . import queries
from .models import SignUp, StandIn


def tell_of_seats(meeting: Meeting, given: Iterable[SignUp]) -> None:
    """Letters to those who waited and have got a seat."""
    for seat in given:
        member = db.session.get(Member, seat.member_id)
        item = db.session.get(ProgrammeItem, seat.programme_item_id)
        if member is not None and item is not None:
            _send(
                f"seat:{seat.id}:{seat.queued_at.timestamp()}",
                member,
                meeting,
                lambda name, part=item.title: gettext(
                    "Du har fått plats: %(part)s (%(meeting)s)", part=part, meeting=name
                ),
                "seat",
                item=item,
            )


def tell_of_change(meeting: Meeting, member: Member, key: str) -> None:
    """A letter to a member whose answers somebody else has changed."""
    _send(
        f"sign-up:{meeting.id}:{member.id}:{key}",
        member,
        meeting,
        lambda name: gettext("Din anmälan är ändrad: %(meeting)s", meeting=name),
        "changed",
    )


def tell_of_stand_in(meeting: Meeting, stand_in: StandIn, member: Member, absent: Member) -> None:
    """Letters to the one who comes, and to the one in whose place it is."""
    key = f"stand-in:{stand_in.id}:{stand_in.named_at.timestamp()}"
    people: dict[str, Any] = {"comes": member, "absent": absent}
    _send(
        f"{key}:comes",
        member,
        meeting,
        lambda name: gettext("Du ersätter %(absent)s: %(meeting)s", absent=absent.name, meeting=name),
        "standing_in",
        **people,
    )
    _send(
        f"{key}:absent",
        absent,
        meeting,
        lambda name: gettext("%(comes)s kommer i ditt ställe: %(meeting)s", comes=member.name, meeting=name),
        "replaced",
        **people,
    )


def tell_of_return(stand_in: StandIn, by: int) -> None:
    """Letters that nobody comes in the member's place any more; to the member when somebody else did it."""
    key = f"stand-in-end:{stand_in.id}:{stand_in.named_at.timestamp()}"
    people: dict[str, Any] = {"comes": stand_in.member, "absent": stand_in.absent}
    readers = [(stand_in.member, False)] + ([(stand_in.absent, True)] if by != stand_in.absent_id else [])
    for reader, has_page in readers:
        _send(
            f"{key}:{reader.id}",
            reader,
            stand_in.meeting,
            lambda name: gettext(
                "%(comes)s kommer inte längre i stället för %(absent)s: %(meeting)s",
                comes=stand_in.member.name,
                absent=stand_in.absent.name,
                meeting=name,
            ),
            "returned",
            has_page=has_page,
            **people,
        )


def _send(
    key: str, reader: Member, meeting: Meeting, subject: Any, kind: str, *, has_page: bool = True, **told: Any
) -> None:
    path = url_for("meetings.show", slug=meeting.slug)
    with force_locale(LOCALES[reader.language]):
        name = cast(str, current_app.jinja_env.filters["meeting_label"](meeting))
        said = told | {
            "meeting": meeting,
            "name": name,
            "kind": kind,
            "has_page": has_page,
            "link": current_app.config["SETTINGS"].base_url + path,
            "language": reader.language,
            "subject": subject(name),
        }
        enqueue(
            key,
            reader,
            subject=" ".join(said["subject"].split()),
            plain=render_template("attendance/mail/letter.txt", **said),
            html=render_template("attendance/mail/letter.html", **said),
            path=path if has_page else None,
        )


@stops
def _out_of_reach(letter_ids: Collection[int]) -> set[int]:
    """A letter that has waited does not go to one who may no longer come."""
    return queries.out_of_reach(letter_ids, clock.today())
