"""Invitations that a mail program puts into the calendar, and word that a meeting is cancelled."""

from collections.abc import Callable, Collection
from functools import cache

from flask import render_template
from flask_babel import force_locale

from ...core import clock
from ...core.language import LOCALES, gettext
from ...mail.services import Draft, enqueue_all, stops
from ...meetings.models import Meeting
from ...members.models import Member
from ..queries import conversation, holders, out_of_reach
from ..services.writing import Entry, Method, Party, write
from .wording import address, called, entry, place, sender


def invite(meeting: Meeting, members: Collection[Member]) -> None:
    """Letters that invite `members`, and tell those who were invited before that the meeting has changed.

    The meeting comes with its hosts and programme. Done again for the same sequence, nothing is sent.
    """
    _send("invitation", Method.REQUEST, meeting, members)


def renew(meeting: Meeting) -> None:
    """Letters to those who have the meeting in a calendar and may still read it: it has changed."""
    invite(meeting, holders(meeting, clock.today()))


def cancel(meeting: Meeting, members: Collection[Member]) -> None:
    """Letters that take the cancelled meeting out of the calendars of `members`."""
    _send("removal", Method.CANCEL, meeting, members)


Part = Callable[[Member], str | None]
"""What goes along with a letter that tells of the meeting in words of its own."""


def invitation_parts(meeting: Meeting) -> Part:
    """Puts the meeting into the calendar of whoever gets the letter."""
    return _parts(meeting, Method.REQUEST)


def cancellation_parts(meeting: Meeting) -> Part:
    """Takes the meeting out of the calendar of those who have it there."""
    part, held = _parts(meeting, Method.CANCEL), {member.id for member in holders(meeting)}
    return lambda member: part(member) if member.id in held else None


def _parts(meeting: Meeting, method: Method) -> Callable[[Member], str]:
    @cache
    def worded(spoken: str) -> Entry:
        with force_locale(LOCALES[spoken]):
            return entry(meeting)

    def part(member: Member) -> str:
        attendee = Party(member.name, member.email)
        return write([worded(member.language)], method, sender(), clock.now(), attendee=attendee)

    return part


def _send(kind: str, method: Method, meeting: Meeting, members: Collection[Member]) -> None:
    @cache
    def worded(spoken: str, is_changed: bool) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            subject = " ".join(_subject(method, called(meeting), is_changed).split())
            said = {"subject": subject, "meeting": meeting, "place": place(meeting), "link": address(meeting)}
            said["is_changed"] = is_changed
            plain = render_template(f"calendars/mail/{kind}.txt", **said)
            return subject, plain, render_template(f"calendars/mail/{kind}.html", **said)

    drafts, part = [], _parts(meeting, method)
    told = {member.id for member in holders(meeting)}
    for member in members:
        subject, plain, html = worded(member.language, member.id in told)
        drafts.append(
            Draft(
                key=f"{kind}:{meeting.id}:{meeting.sequence}:{member.id}",
                to=member,
                subject=subject,
                plain=plain,
                html=html,
                conversation=conversation(meeting.id),
                path=f"/meetings/{meeting.slug}",
                calendar=part(member),
            )
        )
    enqueue_all(drafts)


def _subject(method: Method, name: str, is_changed: bool) -> str:
    if method is Method.CANCEL:
        return gettext("Träffen är inställd: %(meeting)s", meeting=name)
    if is_changed:
        return gettext("Ändrad träff: %(meeting)s", meeting=name)
    return gettext("Inbjudan: %(meeting)s", meeting=name)


@stops
def _out_of_reach(letter_ids: Collection[int]) -> set[int]:
    """An invitation that has waited does not go to one who may no longer read the meeting."""
    return out_of_reach(letter_ids, clock.today())
