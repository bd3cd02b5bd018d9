"""When, where and with whom a meeting is, and what one needs to know to come."""

from ...attendance.queries import closes_at
from ...core import clock
from ...meetings.models import Meeting, MeetingMode, MeetingState
from ..models import Facts, Paragraph, Run
from ..queries import Gathered
from .speech import Speech, line

Row = tuple[str, tuple[Paragraph, ...]]


def unknown(meeting: Meeting, speech: Speech) -> str:
    """What stands where nothing is known: a gap in the source, or not settled."""
    if meeting.from_source:
        return speech.gettext("uppgift saknas i källan")
    return speech.gettext("inte satt ännu")


def facts(meeting: Meeting, speech: Speech) -> Facts:
    hosts = speech.ngettext("Värd", "Värdar", len(meeting.hosts) or 1)
    rows = [
        (speech.gettext("När"), _times(meeting, speech)),
        (speech.gettext("Var"), _place(meeting, speech)),
        (hosts, (line(speech.hosts(meeting) or unknown(meeting, speech)),)),
    ]
    if meeting.themes:
        names = [under.theme.name(speech.language) for under in meeting.themes]
        rows.append((speech.gettext("Tema"), tuple(map(line, names))))
    return Facts(tuple(rows))


def _times(meeting: Meeting, speech: Speech) -> tuple[Paragraph, ...]:
    said = [line(speech.span(meeting))]
    if not meeting.times_known:
        return (*said, line(speech.gettext("Klockslagen är inte satta ännu.")))
    said.append(line(speech.hours(meeting, meeting.time_zone)))
    if meeting.time_zone != clock.STOCKHOLM:
        local = speech.gettext("Klockslagen är lokal tid i %(city)s.", city=speech.city(meeting.time_zone))
        swedish = speech.gettext("Svensk tid: %(hours)s.", hours=speech.hours(meeting, clock.STOCKHOLM))
        said.append(line(f"{local} {swedish}"))
    return tuple(said)


def _place(meeting: Meeting, speech: Speech) -> tuple[Paragraph, ...]:
    said = [line(speech.place(meeting) or unknown(meeting, speech))]
    if meeting.venue:
        said.append(line(meeting.venue))
    if meeting.link_url and meeting.state is not MeetingState.CANCELLED:
        label = speech.gettext("Delta digitalt:")
        said.append(Paragraph((Run(f"{label} "), Run(meeting.link_url, href=meeting.link_url))))
    elif meeting.mode in (MeetingMode.DIGITAL, MeetingMode.MIXED) and not meeting.from_source:
        said.append(line(speech.gettext("Länken är inte satt ännu.")))
    return tuple(said)


def details(found: Gathered, speech: Speech) -> Facts:
    """How one signs up, whom one asks, and where the rest stands."""
    meeting = found.meeting
    page = speech.address(f"/meetings/{meeting.slug}")
    asked = speech.either(found.asked) if found.asked else speech.gettext("koordinatorn")
    rows: list[Row] = [
        (speech.gettext("Anmälan"), _signing_up(meeting, speech)),
        (speech.gettext("Mat och behov"), (line(_needs(speech)),)),
        (speech.gettext("Frågor om träffen"), (line(asked),)),
        (speech.gettext("Träffens sida"), (Paragraph((Run(page, href=page),)),)),
    ]
    return Facts(tuple(rows))


def _needs(speech: Speech) -> str:
    return speech.gettext("Skriv vad du behöver i din anmälan. Det står aldrig i mötesboken.")


def _signing_up(meeting: Meeting, speech: Speech) -> tuple[Paragraph, ...]:
    said = []
    for part in meeting.programme:
        if part.takes_sign_ups:
            when = speech.moment(closes_at(part, meeting), meeting.time_zone)
            told = speech.gettext("%(part)s: senast %(when)s", part=part.title, when=when)
            if part.capacity is not None:
                seats = speech.ngettext("%(num)d plats", "%(num)d platser", part.capacity)
                told += f" ({seats})"
            said.append(line(told))
    return tuple(said) or (line(speech.gettext("Träffen har ingen del som man anmäler sig till.")),)
