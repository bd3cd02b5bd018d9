"""Changing a meeting: what the coordinator may, what its hosts may, and two who do so at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import (
    Admission,
    Meeting,
    MeetingMode,
    MeetingState,
    ProgrammeItem,
    ProgrammeKind,
)

EDIT, TO = "/meetings/varen/edit", "/meetings/varen/revisions"
START = datetime(2027, 3, 24, 12, tzinfo=UTC)  # 13.00, winter time


def whole(make, slug="varen"):
    with make.session():
        return queries.meeting(slug)


@pytest.fixture
def spring(make, cast):
    """A planned meeting of two days in winter time, with a dinner, that the cast's host may arrange."""
    meeting = make.meeting(
        "Vårens träff",
        hosts=(cast.institution,),
        slug="varen",
        starts_at=START,
        ends_at=START + timedelta(days=1, hours=2),
        state=MeetingState.PLANNED,
    )
    dinner = {"kind": ProgrammeKind.DINNER, "title": "Middag", "position": 1}
    times = {"starts_at": START + timedelta(hours=5), "ends_at": START + timedelta(hours=8)}
    make.add(ProgrammeItem(meeting_id=meeting.id, **dinner, **times))
    make.admission(meeting, cast.host, "host", ends_on=date(2027, 4, 24))
    return meeting


@pytest.mark.any_database
def test_moving_a_meeting_moves_its_programme_over_the_change_of_clocks(client, cast, make, spring):
    client.sign_in(cast.coordinator)
    page = client.post(TO, {"starts_on": "2027-03-31", "ends_on": "2027-04-01"}, form_on=EDIT)
    assert page.path == "/meetings/varen"
    meeting = whole(make)
    assert meeting.starts_at == datetime(2027, 3, 31, 11, tzinfo=UTC)  # 13.00, summer time
    assert meeting.programme[0].starts_at == datetime(2027, 3, 31, 16, tzinfo=UTC)  # 18.00 as before
    assert (meeting.sequence, meeting.version) == (1, 2)
    with make.session() as session:
        stay = session.scalars(select(Admission.ends_on).where(Admission.meeting_id == spring.id)).one()
    assert stay == date(2027, 5, 1)


def test_a_programme_that_stays_must_lie_within_the_meeting(client, cast, make, spring):
    client.sign_in(cast.coordinator)
    sent = client.get(EDIT).form(TO) | {"starts_on": "2027-03-31", "ends_on": "2027-04-01"}
    del sent["shift_parts"]
    page = client.post(TO, sent)
    assert page.status == 422
    assert "«Middag» skulle hamna utanför träffen" in page.text
    assert page.form(TO)["starts_on"] == "2027-03-31"
    meeting = whole(make)
    assert (meeting.starts_at, meeting.version, meeting.sequence) == (START, 1, 0)


def test_what_calendars_show_raises_the_sequence_and_nothing_else_does(client, cast, make, spring):
    client.sign_in(cast.coordinator)
    steps = [
        ({"introduction": "Därför ses vi."}, 0),
        ({"place": "Åsköping"}, 1),
        ({"venue": "Salen"}, 2),
        ({"mode": "mixed", "link_url": "https://moten.example/2"}, 3),
        ({"asked": "Skriv något."}, 3),
        ({"ends_time": "16:00"}, 4),
        ({}, 4),
    ]
    for typed, sequence in steps:
        assert client.post(TO, typed, form_on=EDIT).path == "/meetings/varen"
        assert whole(make).sequence == sequence, typed
    meeting = whole(make)
    assert (meeting.mode, meeting.link_url) == (MeetingMode.MIXED, "https://moten.example/2")
    assert "https://moten.example/2" in client.get("/meetings/varen").links


@pytest.mark.any_database
def test_new_hosts_are_told_and_old_ones_are_not(client, cast, make, spring):
    client.sign_in(cast.coordinator)
    client.post(TO, {"hosts": ["bjorko", "asnes"], "themes": [cast.theme.slug]}, form_on=EDIT)
    meeting = whole(make)
    assert [host.institution.slug for host in meeting.hosts] == ["bjorko", "asnes"]
    assert [under.theme_id for under in meeting.themes] == [cast.theme.id]
    with make.session() as session:
        told = session.scalars(select(Letter.member_id)).all()
    assert told == [cast.other_representative.id]
    client.post(TO, {"hosts": ["asnes"], "themes": []}, form_on=EDIT)
    assert [host.institution.slug for host in whole(make).hosts] == ["asnes"]


@pytest.mark.parametrize("who", ["host", "representative"])
def test_hosts_change_the_practical_parts_and_no_more(client, cast, make, spring, who):
    client.sign_in(getattr(cast, who))
    assert EDIT in client.get("/meetings/varen").links
    assert set(client.get(EDIT).form(TO)) == {"csrf_token", "version", "place", "venue", "link_url"}
    more = {"title": "Annat", "hosts": ["asnes"], "starts_on": "2028-01-01", "kind": "other", "themes": []}
    client.post(TO, {"place": "Lillby", "venue": "Gamla skolan"} | more, form_on=EDIT)
    meeting = whole(make)
    assert (meeting.place, meeting.venue, meeting.title) == ("Lillby", "Gamla skolan", "Vårens träff")
    assert (meeting.starts_at, [host.institution.slug for host in meeting.hosts]) == (START, ["bjorko"])
    for closed in ("cancel", "hold", "agenda"):
        assert client.get(f"/meetings/varen/{closed}").status == 403


def test_others_do_not_change_it(client, cast, make, spring):
    for who in (cast.steering, cast.other_representative):
        client.sign_in(who)
        assert client.get(EDIT).status == 403
        assert EDIT not in client.get("/meetings/varen").links
    client.sign_in(cast.guest)
    assert client.get(EDIT).status == 404


def test_the_host_role_ends_thirty_days_after(client, cast, make):
    ended = clock.now().replace(microsecond=0)
    for days, status in ((29, 200), (31, 403)):
        meeting = make.meeting(
            hosts=(cast.institution,),
            starts_at=ended - timedelta(days=days + 1),
            ends_at=ended - timedelta(days=days),
            state=MeetingState.HELD,
        )
        client.sign_in(cast.representative)
        assert client.get(f"/meetings/{meeting.slug}/edit").status == status


@pytest.mark.any_database
def test_two_who_change_a_meeting_are_shown_each_other(client, cast, make, spring):
    client.sign_in(cast.host)
    other = client.another().sign_in(cast.coordinator)
    early = client.get(EDIT).form(TO)
    other.post(TO, {"place": "Koordinatorns ort"}, form_on=EDIT)
    clash = client.post(TO, early | {"place": "Värdens ort"})
    assert clash.status == 409
    assert "Koordinatorns ort" in clash.text
    assert clash.form(TO)["place"] == "Värdens ort"
    assert whole(make).place == "Koordinatorns ort"
    client.post(TO, clash.form(TO))
    assert whole(make).place == "Värdens ort"


def test_a_held_meeting_keeps_its_times_and_a_closed_one_everything(client, cast, make, spring):
    client.sign_in(cast.coordinator)
    early = client.get(EDIT).form(TO)
    with make.session() as session:
        session.get(Meeting, spring.id).state = MeetingState.HELD
    assert "starts_on" not in client.get(EDIT).form(TO)
    client.post(TO, early | {"starts_on": "2027-05-01", "ends_on": "2027-05-02", "venue": "Salen"})
    meeting = whole(make)
    assert (meeting.starts_at, meeting.venue) == (START, "Salen")
    for state, says in ((MeetingState.CLOSED, "är avslutad"), (MeetingState.CANCELLED, "är inställd")):
        with make.session() as session:
            session.get(Meeting, spring.id).state = state
        page = client.get(EDIT)
        assert page.status == 200
        assert says in page.text
        with pytest.raises(KeyError):
            page.form(TO)
        assert client.post(TO, early | {"venue": "En annan"}).status == 409
    assert whole(make).venue == "Salen"


def test_hosts_and_themes_that_are_sent_twice_are_named_once(client, cast, make, spring):
    client.sign_in(cast.coordinator)
    twice = {
        "hosts": ["asnes", "steering-group", "asnes", "steering-group"],
        "themes": ["digitala-prov", "digitala-prov"],
    }
    assert client.post(TO, client.get(EDIT).form(TO) | twice, follow=False).status == 303
    meeting = whole(make)
    assert [host.institution and host.institution.slug for host in meeting.hosts] == ["asnes", None]
    assert len(meeting.themes) == 1
