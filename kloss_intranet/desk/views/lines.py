"""What waits, as lines: what it is, what is known of it, and the links and buttons that see to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from flask import current_app, url_for

from ...auth.models import EntryLink
from ...core import clock
from ...core.language import day, gettext, language, moment, ngettext
from ...meetings.models import Meeting, MeetingState
from ...members.models import Mandate
from ...moderation.models import SubjectKind
from ...moderation.notifications.coordinators import way_to
from ...moderation.queries import queue
from ...moderation.queries.things import Thing
from ...rules import queries as rules
from ...rules.models import RulesKind, RulesVersion
from .. import queries
from ..queries import Failing, Vacancy


@dataclass(frozen=True)
class Act:
    """A link, or with `fields` a button that sends them."""

    label: str
    url: str
    fields: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Line:
    title: str
    url: str | None = None
    facts: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    name: str
    """Its place in the page's address."""
    heading: str
    lines: list[Line]


def sections() -> list[Section]:
    """Only those where something waits; what is about people's words comes first."""
    now, today = clock.now(), clock.today()
    cases = [one for one in queue.waiting() if one.is_coordinators]
    found = (
        Section("moderation", gettext("Anmälningar och svar"), [_case(one) for one in cases]),
        Section("mail", gettext("Mail som inte kommer fram"), [_failing(one) for one in queries.failing()]),
        Section("meetings", gettext("Träffar"), [_meeting(one) for one in queries.unready(now)]),
        Section(
            "invitations",
            gettext("Inbjudningar utan svar"),
            [_invitation(one) for one in queries.unanswered(now, today)],
        ),
        Section("ending", gettext("Uppdrag som tar slut"), [_ending(one) for one in queries.ending(today)]),
        Section("rules", gettext("Regler att gå igenom"), [_review(one) for one in rules.due(today)]),
        Section(
            "vacancies",
            gettext("Lärosäten utan representant"),
            [_vacancy(one) for one in queries.vacancies(today)],
        ),
    )
    return [section for section in found if section.lines]


def _case(waiting: queue.Waiting) -> Line:
    facts = []
    if number := len(waiting.reports):
        facts.append(ngettext("%(num)d anmälan", "%(num)d anmälningar", number))
    if waiting.answers:
        facts.append(gettext("Den som skrev har svarat."))
    if waiting.has_changed:
        facts.append(gettext("Den som skrev har ändrat."))
    facts.append(gettext("Har väntat sedan %(when)s.", when=moment(waiting.since)))
    way = way_to(waiting.thing)
    return Line(_named(waiting.thing), way, facts, [Act(gettext("Pröva"), way)])


def _named(thing: Thing) -> str:
    if thing.kind is SubjectKind.POST:
        return gettext("Inlägg av %(name)s i «%(thread)s»", name=thing.author, thread=thing.place)
    if thing.kind is SubjectKind.ATTACHMENT:
        return gettext("Fil av %(name)s i «%(thread)s»", name=thing.author, thread=thing.place)
    if thing.kind is SubjectKind.MEMBER:
        return gettext("Presentationen av %(name)s", name=thing.author)
    return gettext("Tråden «%(thread)s»", thread=thing.place)


def _failing(one: Failing) -> Line:
    facts = [
        ngettext(
            "%(num)d mail till %(address)s väntar sedan %(when)s.",
            "%(num)d mail till %(address)s väntar sedan %(when)s.",
            one.number,
            address=one.address,
            when=moment(one.since),
        ),
        gettext("Felet: %(error)s", error=one.error),
        gettext("Nästa försök: %(when)s.", when=moment(one.due_at))
        if one.due_at > clock.now()
        else gettext("Ett nytt försök görs inom kort."),
    ]
    acts = [
        Act(gettext("Försök igen nu"), url_for("desk.retry", letter_id=one.letter_id), {}),
        Act(gettext("Märk som hanterad"), url_for("desk.set_aside", letter_id=one.letter_id), {}),
    ]
    person = url_for("members.show", member_id=one.member_id) if one.member_id else None
    return Line(one.name or one.address, person, facts, acts)


def _meeting(meeting: Meeting) -> Line:
    ahead = (meeting.starts_on - clock.today(meeting.time_zone)).days
    facts = [
        gettext("%(day)s, om %(n)d dagar.", day=day(meeting.starts_on), n=ahead)
        if ahead > 1
        else f"{day(meeting.starts_on)}."
    ]
    acts = []
    if not meeting.hosts:
        facts.append(gettext("Ingen är värd."))
        acts.append(Act(gettext("Ange värdar"), url_for("planning.edit", slug=meeting.slug)))
    if meeting.state is MeetingState.PLANNED and meeting.starts_at <= clock.now() + queries.COMING:
        facts.append(gettext("Nätverket ser den inte än."))
        acts.append(
            Act(gettext("Öppna för nätverket"), url_for("threads.publish_meeting", slug=meeting.slug))
        )
    called = cast(str, current_app.jinja_env.filters["meeting_label"](meeting))
    return Line(called, url_for("meetings.show", slug=meeting.slug), facts, acts)


def _invitation(link: EntryLink) -> Line:
    is_open = link.expires_at > clock.now()
    end = moment(link.expires_at)
    facts = [
        gettext("Inbjuden %(when)s.", when=moment(link.created_at)),
        gettext("Länken gäller till %(when)s.", when=end)
        if is_open
        else gettext("Länken slutade gälla %(when)s.", when=end),
    ]
    again = Act(gettext("Skicka inbjudan igen"), url_for("desk.invite_again", member_id=link.member_id), {})
    return Line(link.member.name, url_for("members.show", member_id=link.member_id), facts, [again])


def _ending(mandate: Mandate) -> Line:
    last = mandate.ends_on or clock.today()
    successor = url_for(
        "auth.invite", institution=mandate.institution_id, starts=(last + timedelta(days=1)).isoformat()
    )
    acts = [
        Act(gettext("Bjud in en efterträdare"), successor),
        Act(gettext("Ändra sista dagen"), url_for("members.end_mandate", mandate_id=mandate.id)),
    ]
    facts = [mandate.institution.name(language()), gettext("Sista dagen är %(day)s.", day=day(last))]
    return Line(mandate.member.name, url_for("members.show", member_id=mandate.member_id), facts, acts)


def _vacancy(vacancy: Vacancy) -> Line:
    seat = vacancy.institution
    since = vacancy.since
    facts = (
        [gettext("Sedan %(day)s.", day=day(since))] if since else [gettext("Ingen har varit registrerad.")]
    )
    acts = [Act(gettext("Bjud in en representant"), url_for("auth.invite", institution=seat.id))]
    return Line(seat.name(language()), url_for("members.institution", slug=seat.slug), facts, acts)


def _review(version: RulesVersion) -> Line:
    is_ground = version.kind is RulesKind.GROUND
    acts = [
        Act(
            gettext("Inget behöver ändras"),
            url_for("rules.review", kind=version.kind),
            {"version": version.number},
        ),
        Act(gettext("Ändra reglerna"), url_for("rules.edit", kind=version.kind)),
    ]
    return Line(
        gettext("Spelregler") if is_ground else gettext("Modereringsregler"),
        url_for("rules.ground" if is_ground else "rules.moderation"),
        [gettext("Skulle gås igenom senast %(day)s.", day=day(version.review_on))],
        acts,
    )
