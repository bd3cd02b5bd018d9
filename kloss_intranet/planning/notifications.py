"""Letters to those whom a meeting's planning concerns; each is a line on the reader's home page too."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import cast

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..calendars.notifications import Part, cancel, cancellation_parts
from ..calendars.queries import holders
from ..core import clock
from ..core.db import db
from ..core.language import LOCALES, day
from ..mail.services import Draft, enqueue, enqueue_all
from ..meetings.models import Admission, Meeting
from ..members.models import Member
from ..members.services import Errand, invite
from . import queries
from .services.guests import letters_of


def tell_of_cancelling(meeting: Meeting, by: int) -> None:
    """Letters to everyone in the network and everyone let in or signed up, but `by`.

    They take the meeting out of calendars too; others who have it there are told so shortly.
    """
    readers = [reader for reader in queries.concerned(meeting, clock.today()) if reader.id != by]
    _tell(
        meeting,
        readers,
        "cancellation",
        lambda name: gettext("Träffen är inställd: %(meeting)s", meeting=name),
        f"/meetings/{meeting.slug}",
        cancellation_parts(meeting),
    )
    told = {reader.id for reader in readers}
    cancel(meeting, [member for member in holders(meeting) if member.id not in told])


def tell_of_hosting(meeting: Meeting, institution_ids: Collection[int], by: int) -> None:
    """Letters to the representatives of institutions that have been named hosts."""
    readers = queries.representatives(institution_ids, clock.today()) if institution_ids else ()
    _tell(
        meeting,
        (reader for reader in readers if reader.id != by),
        "hosting",
        lambda name: gettext("Ert lärosäte är värd: %(meeting)s", meeting=name),
        f"/meetings/{meeting.slug}/checklist",
    )


def tell_helper(meeting: Meeting, helper: Member, by: int) -> None:
    """A letter to somebody who has been named to help the hosts."""
    if helper.id != by:
        _tell(
            meeting,
            [helper],
            "helping",
            lambda name: gettext("Du hjälper till som värd: %(meeting)s", meeting=name),
            f"/meetings/{meeting.slug}/checklist",
        )


def tell_guest(meeting: Meeting, admission: Admission, by: int) -> None:
    """To a guest: what the meeting's page lets them do, until when and how; with a way in to who has none."""
    guest, key = admission.member, letters_of(admission) + clock.now().isoformat()
    path = f"/meetings/{meeting.slug}"
    host = db.session.get_one(Member, by).name
    with force_locale(LOCALES[guest.language]):
        name = cast(str, current_app.jinja_env.filters["meeting_label"](meeting))
        subject = gettext("Du är gäst: %(meeting)s", meeting=name)
        invited = gettext("%(host)s har bjudit in dig som gäst till %(meeting)s.", host=host, meeting=name)
        may_do = gettext(
            "Du kan läsa träffens program och dagordning, anmäla dig, och läsa och "
            "skriva i de trådar som delas med gästerna. Bilder lägger du i en mapp som delas med gästerna."
        )
        until = gettext(
            "Det slutar av sig självt: sista dagen är %(day)s. Flyttas träffen flyttas den med.",
            day=day(admission.ends_on),
        )
        how = gettext("Du loggar in med den här mailadressen och det lösenord du väljer.")
        if guest.password_hash is not None:
            how = gettext("Du loggar in med den här mailadressen och det lösenord du har.")
    said = (" ".join(subject.split()), (" ".join(invited.split()), may_do, until, how))
    if guest.password_hash is None:
        invite(guest, by, Errand(key, *said, path))
    else:
        _to_guest(guest, key, *said, path)


def tell_guest_ended(meeting: Meeting, admission: Admission, by: int) -> None:
    """To a guest whose way in has been closed."""
    guest, key = admission.member, letters_of(admission) + clock.now().isoformat()
    with force_locale(LOCALES[guest.language]):
        name = cast(str, current_app.jinja_env.filters["meeting_label"](meeting))
        subject = gettext("Du är inte längre gäst: %(meeting)s", meeting=name)
        told = gettext("Du är inte längre gäst på %(meeting)s. Träffens sida är stängd.", meeting=name)
        kept = gettext("Var du anmäld är anmälan borttagen. Det du har skrivit står kvar.")
    _to_guest(guest, key, " ".join(subject.split()), (" ".join(told.split()), kept), None)


def _to_guest(guest: Member, key: str, subject: str, said: tuple[str, ...], path: str | None) -> None:
    link = current_app.config["SETTINGS"].base_url + path if path else None
    told = {"subject": subject, "said": said, "link": link, "language": guest.language}
    enqueue(
        key,
        guest,
        subject=subject,
        plain=render_template("planning/mail/guest.txt", **told),
        html=render_template("planning/mail/guest.html", **told),
        path=path,
    )


def _tell(
    meeting: Meeting,
    readers: Iterable[Member],
    kind: str,
    subject: Callable[[str], str],
    path: str,
    part: Part = lambda member: None,
) -> None:
    link = current_app.config["SETTINGS"].base_url + path

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            name = cast(str, current_app.jinja_env.filters["meeting_label"](meeting))
            told, why = _words(kind, name)
            said = {"kind": kind, "meeting": meeting, "name": name, "link": link, "said": told, "why": why}
            return (
                subject(name),
                render_template("planning/mail/letter.txt", **said),
                render_template("planning/mail/letter.html", **said),
            )

    drafts = []
    for reader in readers:
        title, plain, html = worded(reader.language)
        # Named again after a change, one is told again; a change makes a new version.
        key = f"{kind}:{meeting.id}:{meeting.version}:{reader.id}"
        told = (title, plain, html, f"meeting-{meeting.id}", path, part(reader))
        drafts.append(Draft(key, reader, *told))
    enqueue_all(drafts)


def _words(kind: str, name: str) -> tuple[str, str]:
    """What has happened, and why the reader is told."""
    if kind == "cancellation":
        return (
            gettext("Träffen %(meeting)s är inställd.", meeting=name),
            gettext("Du får det här mailet för att du hör till nätverket eller har med träffen att göra."),
        )
    if kind == "hosting":
        return (
            gettext("Ert lärosäte är värd för träffen %(meeting)s.", meeting=name)
            + " "
            + gettext("Här finns en checklista, och här ändrar du program, platser och tider."),
            gettext("Du får det här mailet för att du är lärosätets representant."),
        )
    return (
        gettext("Du hjälper till att ordna träffen %(meeting)s.", meeting=name)
        + " "
        + gettext("Här finns en checklista, och här ändrar du program, platser och tider."),
        gettext("Du får det här mailet för att en värd eller koordinatorn har skrivit in din adress."),
    )
