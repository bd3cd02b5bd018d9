"""Planning a meeting: from scratch, after an earlier one, in the usual pattern; and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import Meeting, MeetingState, ProgrammeItem, ProgrammeKind
from kloss_intranet.members.models import Member
from kloss_intranet.questions.models import QuestionState, Treatment

NEW, TO = "/planning/new", "/planning/meetings"
TYPED = {
    "title": "Om samverkan",
    "starts_on": "2027-04-13",
    "starts_time": "13:30",
    "ends_on": "2027-04-14",
    "ends_time": "15:30",
    "time_zone": "Europe/Stockholm",
    "place": "Åsköping",
    "previous": "",
}


def whole(make, slug):
    with make.session():
        return queries.meeting(slug)


@pytest.mark.any_database
def test_a_meeting_from_scratch(client, cast, make):
    client.sign_in(cast.coordinator)
    hosts = {"hosts": ["bjorko", "asnes", "steering-group"], "themes": [cast.theme.slug]}
    page = client.post(
        TO, TYPED | hosts | {"link_url": "https://moten.example/1", "mode": "mixed"}, form_on=NEW
    )
    assert page.path == "/meetings/2027-04-14-askoping/parts"
    meeting = whole(make, "2027-04-14-askoping")
    assert (meeting.state, meeting.title, meeting.place) == (MeetingState.PLANNED, "Om samverkan", "Åsköping")
    assert meeting.starts_at == datetime(2027, 4, 13, 11, 30, tzinfo=UTC)
    assert meeting.ends_at == datetime(2027, 4, 14, 13, 30, tzinfo=UTC)
    assert [host.institution and host.institution.slug for host in meeting.hosts] == ["bjorko", "asnes", None]
    assert [under.theme_id for under in meeting.themes] == [cast.theme.id]
    assert (meeting.previous_id, meeting.programme, meeting.agenda) == (None, [], [])
    with make.session() as session:
        letters = session.scalars(select(Letter)).all()
        assert "meeting:plan" in session.scalars(select(AuditEntry.act)).all()
    assert {letter.member_id for letter in letters} == {cast.representative.id, cast.other_representative.id}
    assert {letter.path for letter in letters} == {"/meetings/2027-04-14-askoping/checklist"}
    assert {letter.language for letter in letters} == {"sv", "en"}


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"ends_on": "2027-04-12"}, "ends_on", "före den första"),
        ({"ends_on": "", "ends_time": "13:00"}, "ends_time", "måste sluta efter"),
        ({"ends_on": "", "ends_time": "13:30"}, "ends_time", "måste sluta efter"),
        ({"starts_time": ""}, "starts_time", "båda klockslagen"),
        ({"starts_on": ""}, "starts_on", "Välj den första dagen"),
        ({"starts_on": "0001-01-01"}, "starts_on", "Året går inte"),
        ({"ends_on": "9999-12-31"}, "ends_on", "Året går inte"),
        ({"starts_on": "2027-03-28", "starts_time": "02:30"}, "starts_time", "blir aldrig 02.30"),
        (
            {"time_zone": "Europe/Helsinki", "starts_on": "2027-03-28", "starts_time": "03:30"},
            "starts_time",
            "03.30",
        ),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Välj ett av alternativen"),
        ({"link_url": "javascript:alert(1)"}, "link_url", "https://"),
        ({"link_url": "https://[::1"}, "link_url", "https://"),
        ({"slug": "Åsköping"}, "slug", "små bokstäver"),
        ({"slug": "bjorko"}, "slug", "har redan den adressen"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, cast, make, typed, field, says):
    client.sign_in(cast.coordinator)
    page = client.post(TO, TYPED | typed, form_on=NEW)
    assert page.status == 422
    (error,) = [part for part in page.root.all("p") if part.attrs.get("id") == f"{field}-error"]
    assert says in error.text
    kept = page.form(TO)
    assert {name: kept[name] for name in typed if name != "time_zone"} == {
        name: value for name, value in typed.items() if name != "time_zone"
    }
    with make.session() as session:
        assert session.scalars(select(Meeting.slug).where(Meeting.title == "Om samverkan")).all() == []


def test_on_the_night_with_two_half_past_two_it_is_asked_which(client, cast, make):
    client.sign_in(cast.coordinator)
    night = TYPED | {"starts_on": "2027-10-31", "starts_time": "02:30", "ends_on": "", "ends_time": "12:00"}
    page = client.post(TO, night, form_on=NEW)
    assert page.status == 422
    assert "två gånger den natten" in page.text
    client.post(TO, page.form(TO) | {"starts_which": "second", "slug": "andra"})
    client.post(TO, page.form(TO) | {"starts_which": "first", "slug": "forsta"})
    first, second = whole(make, "forsta"), whole(make, "andra")
    assert first.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert second.starts_at - first.starts_at == timedelta(hours=1)
    # It is known again when the meeting is edited, and nothing moves.
    edit, to = "/meetings/andra/edit", "/meetings/andra/revisions"
    assert client.get(edit).form(to)["starts_which"] == "second"
    client.post(to, {"venue": "Salen"}, form_on=edit)
    assert whole(make, "andra").starts_at == second.starts_at


def test_clocks_are_those_of_the_meetings_own_zone(client, cast, make):
    client.sign_in(cast.coordinator)
    client.post(TO, TYPED | {"time_zone": "Europe/Helsinki", "slug": "abo"}, form_on=NEW)
    assert whole(make, "abo").starts_at == datetime(2027, 4, 13, 10, 30, tzinfo=UTC)
    shown = client.get("/meetings/abo/edit").form("/meetings/abo/revisions")
    assert (shown["starts_time"], shown["time_zone"]) == ("13:30", "Europe/Helsinki")
    assert "Svensk tid" in client.get("/meetings/abo").text


def test_a_meeting_that_ends_at_midnight_does_not_reach_the_next_day(client, cast, make):
    client.sign_in(cast.coordinator)
    late = {"ends_on": "2027-04-14", "ends_time": "00:00", "slug": "sent"}
    client.post(TO, TYPED | late, form_on=NEW)
    meeting = whole(make, "sent")
    assert meeting.ends_at == datetime(2027, 4, 13, 22, tzinfo=UTC)
    page = client.get("/meetings/sent")
    assert "13 april 2027" in page.text
    assert "13–14 april" not in page.text


def test_days_without_clock_times_are_whole_days(client, cast, make):
    client.sign_in(cast.coordinator)
    client.post(TO, TYPED | {"starts_time": "", "ends_time": "", "slug": "dagar"}, form_on=NEW)
    meeting = whole(make, "dagar")
    assert not meeting.times_known
    assert meeting.ends_at - meeting.starts_at == timedelta(days=2)
    assert "13–14 april 2027" in client.get("/meetings/dagar").text


def test_the_usual_pattern(client, cast, make):
    client.sign_in(cast.coordinator)
    usual = f"{NEW}?from=usual"
    page = client.post(TO, TYPED | {"ends_on": "2027-04-13", "ends_time": "17:00"}, form_on=usual)
    assert page.status == 422
    assert "dagen före heldagen" in page.text
    # The day after the first one, when it is not said.
    client.post(TO, TYPED | {"ends_on": "", "slug": "vanlig"}, form_on=usual)
    meeting = whole(make, "vanlig")
    zone = ZoneInfo(meeting.time_zone)
    shown = [
        (part.kind, *(f"{at.astimezone(zone):%d %H:%M}" for at in (part.starts_at, part.ends_at)))
        for part in meeting.programme
    ]
    assert shown == [
        (ProgrammeKind.STUDY_VISIT, "13 13:30", "13 16:30"),
        (ProgrammeKind.DINNER, "13 18:30", "13 21:30"),
        (ProgrammeKind.FULL_DAY, "14 09:00", "14 15:30"),
    ]


def test_titles_of_the_pattern_are_in_the_language_of_the_network_and_the_form_says_so(client, cast, make):
    usual, says = f"{NEW}?from=usual", "svenska, som är nätverkets språk"
    client.sign_in(cast.coordinator)
    assert says not in client.get(usual).text
    with make.session() as session:
        session.get(Member, cast.coordinator.id).language = "en"
    page = client.get(usual)
    assert says in page.text or "in Swedish" in page.text
    client.post(TO, page.form(TO) | TYPED | {"slug": "vanlig", "way": "usual"})
    assert [part.title for part in whole(make, "vanlig").programme] == ["Studiebesök", "Middag", "Heldag"]


@pytest.fixture
def earlier(make, cast):
    """A held meeting with a study visit, whose clocks stood an hour otherwise, and questions left open."""
    starts = datetime(2026, 10, 20, 11, tzinfo=UTC)
    held = make.meeting(
        "Den förra", hosts=(cast.institution,), slug="forra", starts_at=starts, state=MeetingState.HELD
    )
    visit = {"kind": ProgrammeKind.STUDY_VISIT, "title": "Besök på varvet", "place": "Varvet"}
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    make.add(ProgrammeItem(meeting_id=held.id, position=1, **visit, **times))
    for state in QuestionState:
        item = make.agenda_item(held, f"Om {state.value}")
        make.question(f"Fråga {state.value}", items=(item,), state=state)
    make.question("Aldrig behandlad", state=QuestionState.CHOSEN)
    return held


@pytest.mark.any_database
def test_after_the_previous_meeting(client, cast, make, earlier):
    client.sign_in(cast.coordinator)
    asked = f"{NEW}?from=previous&meeting=forra"
    page = client.get(asked)
    offered = {label.text for label in page.root.all("label") if label.text.startswith("Fråga ")}
    assert offered == {f"Fråga {state}" for state in ("chosen", "in_preparation", "resting", "treated")}
    ticked = [
        entry.attrs["value"]
        for entry in page.root.all("input")
        if entry.attrs.get("name") == "questions" and "checked" in entry.attrs
    ]
    client.post(TO, TYPED | {"previous": "forra", "slug": "nasta", "questions": ticked}, form_on=asked)
    meeting = whole(make, "nasta")
    assert meeting.previous_id == earlier.id
    assert meeting.hosts == []
    (visit,) = meeting.programme
    assert (visit.kind, visit.title, visit.place) == (ProgrammeKind.STUDY_VISIT, "Studiebesök", None)
    # 13.00 in winter time then, 13.00 in summer time now; outside the meeting, which begins 13.30.
    assert visit.starts_at is None
    assert [item.title for item in meeting.agenda] == ["Fråga chosen", "Fråga in_preparation"]
    with make.session() as session:
        carried = {row.agenda_item_id for row in session.scalars(select(Treatment))}
    assert {item.id for item in meeting.agenda} <= carried
    assert "/meetings/forra" in client.get("/meetings/nasta").links
    client.post(TO, TYPED | {"previous": "forra", "slug": "tidigare", "starts_time": "13:00"}, form_on=asked)
    (visit,) = whole(make, "tidigare").programme
    assert visit.starts_at == datetime(2027, 4, 13, 11, tzinfo=UTC)


def test_only_the_coordinator_plans(client, cast):
    for who in (cast.steering, cast.representative, cast.host, cast.guest):
        client.sign_in(who)
        assert client.get(NEW).status == 403
        assert client.post(TO, TYPED).status == 403
