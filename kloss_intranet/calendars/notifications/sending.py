"""Invitations that a mail program puts into the calendar, and word that a meeting is cancelled."""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from flask import render_template
from flask_babel import force_locale

from ...core import clock
from ...core.language import LOCALES, gettext
from ...mail.models import Letter
from ...mail.services import Draft, enqueue_all, stops, supersede
from ...meetings.models import Meeting
from ...members.models import Member
from ..queries import conversation, holders, latest_calendars, out_of_reach, reached
from ..services.changes import Changes, changes
from ..services.writing import Entry, Method, Party, write
from .wording import address, called, entry, place, sender


def invite(meeting: Meeting, members: Collection[Member]) -> None:
    """Letters that invite `members`, and tell those who were invited before that the meeting has changed.

    The meeting comes with its hosts and programme. Done again for the same sequence, nothing is sent.
    """
    _request(meeting, members, is_known=False)


def renew(meeting: Meeting) -> int:
    """Letters to those whom a change of the meeting concerns, and how many they are; none once it is over."""
    if meeting.ends_at <= clock.now():
        return 0
    return _request(meeting, reached(meeting, clock.today()), is_known=True)


def cancel(meeting: Meeting, members: Collection[Member]) -> None:
    """Letters that take the cancelled meeting out of the calendars of `members`."""
    _send("removal", Method.CANCEL, meeting, dict.fromkeys(members))


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


def _request(meeting: Meeting, members: Collection[Member], *, is_known: bool) -> int:
    """One letter each, in the place of the one that waits.

    It tells a change when the reader was told before, or `is_known`: they know of the meeting anyway.
    """
    ids = [member.id for member in members]
    kept = [f"invitation:{meeting.id}:{meeting.sequence}:{number}" for number in ids]
    # Invitations to the intranet are called so too, and the letter that opened the meeting stays.
    ours = (Letter.conversation == conversation(meeting.id), Letter.key.startswith("invitation:"))
    supersede(ids, *ours, Letter.key.not_in(kept))
    before, part = latest_calendars(meeting, ids), _parts(meeting, Method.REQUEST)
    found: dict[Member, Changes | None] = {}
    for member in members:
        language, told = before.get(member.id, ("", ""))
        comparable = told if language == member.language else ""
        found[member] = changes(comparable, part(member)) if is_known or told else None
    _send("invitation", Method.REQUEST, meeting, found)
    return len(found)


def _send(kind: str, method: Method, meeting: Meeting, members: Mapping[Member, Changes | None]) -> None:
    """Letters to the members, each telling what has changed since the member was told before."""

    @cache
    def worded(spoken: str, changed: Changes | None) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            subject = " ".join(_subject(method, called(meeting), changed is not None).split())
            said = {"subject": subject, "meeting": meeting, "place": place(meeting), "link": address(meeting)}
            said["changed"] = changed
            plain = render_template(f"calendars/mail/{kind}.txt", **said)
            return subject, plain, render_template(f"calendars/mail/{kind}.html", **said)

    drafts, part = [], _parts(meeting, method)
    for member, changed in members.items():
        subject, plain, html = worded(member.language, changed)
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
