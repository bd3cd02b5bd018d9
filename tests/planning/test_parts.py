"""The programme: parts within the meeting, across midnight, in the order of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import Meeting, ProgrammeItem, ProgrammeKind
from kloss_intranet.planning.services import turns

PARTS = "/meetings/hosten/parts"
START = datetime(2027, 10, 30, 8, tzinfo=UTC)  # 10.00 in summer time; the clocks change the night after
TYPED = {"title": "Besök", "kind": "study_visit", "starts_on": "2027-10-30"}


@pytest.fixture
def autumn(make, cast, client):
    client.sign_in(cast.host)
    meeting = make.meeting(
        "Höstens träff", slug="hosten", starts_at=START, ends_at=START + timedelta(days=1, hours=6)
    )
    make.admission(meeting, cast.host, "host")
    return meeting


def parts(make):
    with make.session():
        return queries.meeting("hosten").programme


@pytest.mark.any_database
def test_parts_stand_in_the_order_of_the_clock(client, cast, make, autumn):
    typed = [
        ("Sist", "14:00", "15:00"),
        ("Först", "10:00", "11:00"),
        ("Utan tid", "", ""),
        ("Mitt", "12:00", ""),
    ]
    for title, start, end in typed:
        page = client.post(
            PARTS, TYPED | {"title": title, "starts_time": start, "ends_time": end}, form_on=PARTS
        )
        assert page.status == 200
    assert [(part.position, part.title) for part in parts(make)] == [
        (1, "Först"),
        (2, "Mitt"),
        (3, "Utan tid"),
        (4, "Sist"),
    ]


def test_a_dinner_goes_on_past_midnight_and_the_night_has_an_hour_more(client, make, autumn):
    late = {"title": "Middag", "starts_time": "23:00", "ends_on": "2027-10-31", "ends_time": "03:30"}
    client.post(PARTS, TYPED | late, form_on=PARTS)
    (dinner,) = parts(make)
    assert dinner.minutes == 5.5 * 60
    assert "23.00 – 03.30" in client.get("/meetings/hosten").text


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"starts_time": "09:59", "ends_time": "11:00"}, "starts_time", "utanför träffen"),
        (
            {"starts_on": "2027-10-31", "starts_time": "14:00", "ends_time": "15:01"},
            "ends_time",
            "utanför träffen",
        ),
        ({"starts_time": "12:00", "ends_time": "11:00"}, "ends_time", "skriv den dagen"),
        ({"starts_time": "12:00", "ends_time": "12:00"}, "ends_time", "måste sluta efter"),
        ({"starts_time": "", "ends_time": "11:00"}, "starts_time", "när delen börjar"),
        ({"starts_on": "", "starts_time": "11:00"}, "starts_on", "vilken dag"),
        (
            {"starts_on": "2027-10-31", "starts_time": "02:30", "ends_time": "04:00"},
            "starts_which",
            "två gånger",
        ),
        ({"sign_up_by": "2027-11-02"}, "sign_up_by", "efter träffen"),
        ({"capacity": "0"}, "capacity", "helt tal"),
        ({"title": ""}, "title", "rubrik"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, make, autumn, typed, field, says):
    page = client.post(PARTS, TYPED | typed, form_on=PARTS)
    assert page.status == 422
    (error,) = [part for part in page.root.all("p") if part.attrs.get("id") == f"{field}-error"]
    assert says in error.text
    assert page.form(PARTS)["kind"] == "study_visit"
    assert parts(make) == []


@pytest.mark.any_database
def test_a_part_is_changed_and_two_are_shown_each_other(client, cast, make, autumn):
    client.post(PARTS, TYPED | {"starts_time": "10:00", "ends_time": "12:00"}, form_on=PARTS)
    (part,) = parts(make)
    edit, to = f"{PARTS}/{part.id}/edit", f"{PARTS}/{part.id}/revisions"
    early = client.get(edit).form(to)
    other = client.another().sign_in(cast.coordinator)
    typed = {"place": "Varvet", "takes_sign_ups": "y", "capacity": "20", "sign_up_by": "2027-10-15"}
    other.post(to, typed, form_on=edit)
    clash = client.post(to, early | {"place": "Slottet"})
    assert clash.status == 409
    assert "Varvet" in clash.text
    assert clash.form(to)["place"] == "Slottet"
    (kept,) = parts(make)
    assert (kept.place, kept.capacity, kept.takes_sign_ups) == ("Varvet", 20, True)
    assert kept.sign_up_by == datetime(2027, 10, 15, 22, tzinfo=UTC)
    assert client.get(edit).form(to)["sign_up_by"] == "2027-10-15"
    client.post(to, clash.form(to))
    assert parts(make)[0].place == "Slottet"
    with make.session() as session:
        assert session.get(Meeting, autumn.id).sequence == 3


def test_a_part_with_sign_ups_stays_and_another_leaves_its_agenda_items(client, cast, make, autumn):
    signed = make.add(
        ProgrammeItem(meeting_id=autumn.id, position=1, kind=ProgrammeKind.DINNER, title="Middag")
    )
    now = clock.now()
    row = {"programme_item_id": signed.id, "member_id": cast.guest.id, "queued_at": now, "answered_at": now}
    make.add(SignUp(answer=Answer.COMING, **row))
    empty = make.add(
        ProgrammeItem(meeting_id=autumn.id, position=2, kind=ProgrammeKind.FULL_DAY, title="Heldag")
    )
    item = make.agenda_item(autumn, programme_item_id=empty.id)
    page = client.post(f"{PARTS}/{signed.id}/removals", form_on=f"{PARTS}/{signed.id}/edit")
    assert page.status == 409
    assert "har anmälningar" in page.text
    client.post(f"{PARTS}/{empty.id}/removals", form_on=f"{PARTS}/{empty.id}/edit")
    assert [part.title for part in parts(make)] == ["Middag"]
    with make.session():
        (kept,) = queries.meeting("hosten").agenda
        assert (kept.id, kept.programme_item_id) == (item.id, None)


@pytest.mark.any_database
def test_more_seats_go_to_those_who_waited_longest_and_nobody_loses_one(client, cast, make, autumn):
    dinner = {"kind": ProgrammeKind.DINNER, "title": "Middag", "takes_sign_ups": True, "capacity": 1}
    part = make.add(ProgrammeItem(meeting_id=autumn.id, position=1, **dinner))
    now = clock.now()
    people = [make.member() for _ in range(3)]
    for member in people:
        make.role(member, "steering")
    for n, member in enumerate(people):
        at = now + timedelta(minutes=n)
        row = {"programme_item_id": part.id, "member_id": member.id, "queued_at": at, "answered_at": at}
        make.add(SignUp(answer=Answer.WAITING if n else Answer.COMING, **row))
    edit, to = f"{PARTS}/{part.id}/edit", f"{PARTS}/{part.id}/revisions"
    client.post(to, {"capacity": "2"}, form_on=edit)
    with make.session() as session:
        coming = select(SignUp.member_id).where(SignUp.answer == Answer.COMING).order_by(SignUp.queued_at)
        assert session.scalars(coming).all() == [people[0].id, people[1].id]
        assert session.scalars(select(Letter.member_id)).all() == [people[1].id]
    fewer = client.post(to, {"capacity": "1"}, form_on=edit)
    assert fewer.status == 422
    assert "2 har redan en plats" in fewer.text


@pytest.mark.any_database
def test_a_part_is_moved_to_another_day_and_keeps_the_hour_of_its_deadline(client, cast, make, autumn):
    client.post(PARTS, TYPED | {"starts_time": "10:00", "ends_time": "12:00"}, form_on=PARTS)
    (part,) = parts(make)
    noon = datetime(2027, 10, 1, 10, tzinfo=UTC)
    with make.session() as session:
        row = session.get(ProgrammeItem, part.id)
        row.takes_sign_ups, row.sign_up_by = True, noon
    edit, to = f"{PARTS}/{part.id}/edit", f"{PARTS}/{part.id}/revisions"
    assert "senast 1 oktober 2027 kl. 12.00" in client.get(PARTS).text
    client.post(to, {"starts_on": "2027-10-31"}, form_on=edit)
    (moved,) = parts(make)
    assert (moved.starts_at, moved.ends_at) == (
        datetime(2027, 10, 31, 9, tzinfo=UTC),
        datetime(2027, 10, 31, 11, tzinfo=UTC),
    )
    assert moved.sign_up_by == noon
    page = client.post(to, {"sign_up_by": "2027-10-02"}, form_on=edit)
    assert "senast 2 oktober 2027" in page.text
    assert "kl. 00.00" not in page.text
    assert parts(make)[0].sign_up_by == datetime(2027, 10, 2, 22, tzinfo=UTC)


@pytest.mark.any_database
def test_what_was_typed_about_a_part_that_is_removed_meanwhile_is_kept(client, cast, make, autumn):
    client.post(PARTS, TYPED, form_on=PARTS)
    (part,) = parts(make)
    edit, to, gone = (f"{PARTS}/{part.id}/{act}" for act in ("edit", "revisions", "removals"))
    early = client.get(edit).form(to)
    client.another().sign_in(cast.coordinator).post(gone, form_on=edit)
    page = client.post(to, early | {"title": "Båttur"})
    assert page.status == 409
    assert "har tagit bort det här medan du skrev" in page.text
    assert page.form(PARTS)["title"] == "Båttur"
    assert parts(make) == []


@pytest.mark.any_database
def test_a_part_that_is_removed_in_the_very_moment_is_not_changed(client, make, autumn, monkeypatch):
    client.post(PARTS, TYPED, form_on=PARTS)
    (part,) = parts(make)
    turn = turns.wait_for_turn

    def late(meeting):
        turn(meeting)
        db.session.execute(delete(ProgrammeItem).execution_options(synchronize_session=False))

    monkeypatch.setattr(turns, "wait_for_turn", late)
    page = client.post(f"{PARTS}/{part.id}/revisions", {"title": "Båttur"}, form_on=f"{PARTS}/{part.id}/edit")
    assert page.status == 409
    assert page.form(PARTS)["title"] == "Båttur"


def test_a_part_of_another_meeting_is_not_reached(client, cast, make, autumn):
    other = make.add(
        ProgrammeItem(meeting_id=cast.old_meeting.id, position=1, kind=ProgrammeKind.DINNER, title="Annan")
    )
    assert client.get(f"{PARTS}/{other.id}/edit").status == 404
    assert client.post(f"{PARTS}/{other.id}/removals").status == 404
