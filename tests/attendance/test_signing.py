"""Signing up: who may, until when, and who gets the last seat."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.services import seats
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Admission, Meeting, MeetingState, ProgrammeItem
from tests.attendance.helpers import answers, part, sign_up


@pytest.mark.any_database
def test_one_form_answers_for_all_parts(client, make, cast):
    dinner, visit = part(make, cast.meeting), part(make, cast.meeting, "Studiebesök", 2)
    page = sign_up(
        client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes", f"part_{visit.id}": "no"}
    )
    assert page.path == f"/meetings/{cast.meeting.slug}"
    assert "Kommer: Middag." in page.text
    assert "1 kommer" in page.text
    assert answers(make, dinner) == [(cast.representative.id, "coming")]
    assert answers(make, visit) == [(cast.representative.id, "not_coming")]
    page = sign_up(client, cast.representative, cast.meeting, **{f"part_{visit.id}": "yes"})
    assert answers(make, visit) == [(cast.representative.id, "coming")]
    bad = client.post(
        f"/meetings/{cast.meeting.slug}/sign-ups", {f"part_{visit.id}": "perhaps"}, form_on=page.path
    )
    assert bad.status == 422
    assert answers(make, visit) == [(cast.representative.id, "coming")]


@pytest.mark.any_database
def test_a_seat_that_becomes_free_goes_to_the_one_who_waited_longest(client, make, cast):
    dinner = part(make, cast.meeting, capacity=1)
    yes, no = {f"part_{dinner.id}": "yes"}, {f"part_{dinner.id}": "no"}
    sign_up(client, cast.representative, cast.meeting, **yes)
    page = sign_up(client, cast.other_representative, cast.meeting, **yes)
    assert "number 1 in the queue" in page.text or "plats 1 i kön" in page.text
    sign_up(client, cast.steering, cast.meeting, **yes)
    assert "1 kommer, 2 väntar · 1 plats" in client.get(page.path).text
    assert [answer for _who, answer in answers(make, dinner)] == ["coming", "waiting", "waiting"]
    sign_up(client, cast.representative, cast.meeting, **no)
    assert dict(answers(make, dinner)) == {
        cast.representative.id: "not_coming",
        cast.other_representative.id: "coming",
        cast.steering.id: "waiting",
    }
    with make.session() as session:
        letters = session.scalars(select(Letter).where(Letter.key.like("seat:%"))).all()
    assert [(letter.member_id, letter.path) for letter in letters] == [
        (cast.other_representative.id, f"/meetings/{cast.meeting.slug}")
    ]
    # Who comes back stands last.
    sign_up(client, cast.representative, cast.meeting, **yes)
    assert [who for who, answer in answers(make, dinner) if answer == "waiting"] == [
        cast.steering.id,
        cast.representative.id,
    ]
    client.sign_in(cast.other_representative)
    assert f"/meetings/{cast.meeting.slug}" in client.get("/").links


@pytest.mark.any_database
def test_a_seat_and_its_letter_come_together_or_not_at_all(client, make, cast, monkeypatch):
    dinner = part(make, cast.meeting, capacity=1)
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes"})
    sign_up(client, cast.steering, cast.meeting, **{f"part_{dinner.id}": "yes"})
    before = answers(make, dinner)

    def fails(*arguments, **named):
        raise RuntimeError

    monkeypatch.setattr("kloss_intranet.attendance.notifications.enqueue", fails)
    client.app.testing = False
    client.app.config["PROPAGATE_EXCEPTIONS"] = False
    page = sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "no"})
    assert page.status == 500
    assert answers(make, dinner) == before


@pytest.mark.any_database
def test_fifty_at_once_for_the_last_seat(app, make, cast, monkeypatch):
    # The log lets writers in one by one as well; the seats must not depend on it.
    monkeypatch.setattr(seats, "record", lambda *entry, **details: None)
    dinner = part(make, cast.meeting, capacity=1)
    people = [make.member() for _ in range(50)]
    for member in people:
        make.role(member, "steering")
    ready = threading.Barrier(10)

    def ask(member):
        with app.app_context():
            meeting = db.session.scalars(select(Meeting).where(Meeting.id == cast.meeting.id)).one()
            seats.answer(meeting, member.id, None, {dinner.id: True}, by=member.id, late="")
            time.sleep(0.02)  # so that the next one asks before this one has committed
            db.session.commit()

    def ask_all(some):
        ready.wait(30)
        for member in some:
            ask(member)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(ask_all, [people[number::10] for number in range(10)]))
    found = answers(make, dinner)
    assert [answer for _who, answer in found] == ["coming"] + ["waiting"] * 49
    assert {who for who, _answer in found} == {member.id for member in people}


@pytest.mark.any_database
def test_after_the_last_day_only_those_who_arrange_the_meeting_may_change(client, make, cast):
    dinner = part(make, cast.meeting)
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes"})
    form = client.get(f"/meetings/{cast.meeting.slug}").form(f"/meetings/{cast.meeting.slug}/sign-ups")
    with make.session() as session:
        session.get(ProgrammeItem, dinner.id).sign_up_by = clock.now() - timedelta(hours=1)
    send = f"/meetings/{cast.meeting.slug}/sign-ups"
    assert client.post(send, form).status == 200  # says what was said before
    late = client.post(send, form | {f"part_{dinner.id}": "no", "diet": "Utan nötter"})
    assert late.status == 422
    assert "Fråga Agnes Björk eller Frida Lund" in late.text
    assert 'value="Utan nötter"' in late.html
    assert answers(make, dinner) == [(cast.representative.id, "coming")]
    page = client.get(f"/meetings/{cast.meeting.slug}")
    assert "Anmälan stängde" in page.text
    assert page.form(send)["csrf_token"]
    change = f"/meetings/{cast.meeting.slug}/participants/{cast.steering.id}"
    for who, status in ((cast.steering, 403), (cast.guest, 403), (cast.former, 404), (cast.host, 200)):
        assert client.sign_in(who).get(change).status == status
    page = client.post(f"{change}/sign-ups", {f"part_{dinner.id}": "yes"}, form_on=change)
    assert page.path == f"/meetings/{cast.meeting.slug}/participants"
    assert (cast.steering.id, "coming") in answers(make, dinner)
    with make.session() as session:
        told = session.scalars(select(Letter.member_id).where(Letter.key.like("sign-up:%"))).all()
    assert told == [cast.steering.id]


def test_the_hosts_see_the_sign_ups_of_their_meeting_until_the_role_ends(client, make, cast):
    part(make, cast.meeting)
    other = make.meeting("En annan träff")
    part(make, other)
    client.sign_in(cast.host)
    assert client.get(f"/meetings/{cast.meeting.slug}/participants").status == 200
    assert client.get(f"/meetings/{other.slug}/participants").status == 404
    with make.session() as session:
        admission = session.scalars(select(Admission).where(Admission.member_id == cast.host.id)).one()
        admission.ends_on = clock.today() - timedelta(days=1)
    for place in ("participants", "counts", "counts/csv", "attendance", f"participants/{cast.steering.id}"):
        assert client.get(f"/meetings/{cast.meeting.slug}/{place}").status == 404


def test_only_names_and_institutions_are_shown_to_members(client, make, cast):
    dinner = part(make, cast.meeting)
    sign_up(client, cast.other_representative, cast.meeting, **{f"part_{dinner.id}": "yes", "diet": "Laktos"})
    client.sign_in(cast.representative)
    page = client.sign_in(cast.steering).get(f"/meetings/{cast.meeting.slug}/participants")
    assert "Åsnes högskola, Birger Åsling" in page.text
    for hidden in ("birger@example.org", "Laktos", "Har inte svarat"):
        assert hidden not in page.html
    for who in (cast.guest, cast.former):
        client.sign_in(who)
        assert client.get(f"/meetings/{cast.meeting.slug}/participants").status in (403, 404)
    assert client.get(f"/meetings/{cast.meeting.slug}").status == 404


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["guest", "host"])
def test_guests_and_helpers_answer_and_are_counted_but_guests_see_nobody(client, make, cast, who):
    dinner, at = part(make, cast.meeting, capacity=1), f"/meetings/{cast.meeting.slug}"
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes"})
    client.sign_in(getattr(cast, who))
    assert not {"stand_in", "stand_in_name"} & client.get(at).form(f"{at}/sign-ups").keys()
    typed = {f"part_{dinner.id}": "yes", "diet": "Utan ägg", "access": "Hiss"}
    page = client.post(f"{at}/sign-ups", typed, form_on=at)
    assert page.path == at
    assert "Du står på plats 1 i kön." in page.text
    assert page.form(f"{at}/sign-ups")["diet"] == "Utan ägg"
    if who == "guest":
        for place in ("participants", "counts", "counts/csv", "attendance", "participants/1"):
            assert client.get(f"{at}/{place}").status == 403
        assert f"{at}/participants" not in page.links
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "no"})
    client.sign_in(cast.coordinator)
    table = client.raw.get(f"{at}/counts/csv").get_data().decode("utf-8-sig").splitlines()
    assert table[1].endswith(";1;0;1")
    affiliation = {"guest": "Institutet för prov, Gustav Ek", "host": "Björkö universitet, Frida Lund"}[who]
    assert affiliation in client.get(f"{at}/participants").text
    shown = client.post(f"{at}/participants/needs", form_on=f"{at}/participants")
    assert shown.text.count("Utan ägg") == 2
    with make.session() as session:
        told = session.scalars(select(Letter.member_id).where(Letter.key.like("seat:%"))).all()
    assert told == [getattr(cast, who).id]


@pytest.mark.any_database
def test_a_form_without_answers_is_no_sign_up_and_keeps_what_was_typed(client, make, cast):
    dinner = part(make, cast.meeting)
    page = sign_up(client, cast.representative, cast.meeting, diet="Utan ägg")
    assert page.status == 422
    assert "Svara om du kommer till minst en del av träffen." in page.text
    assert 'value="Utan ägg"' in page.html
    page = sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "no", "diet": "Ägg"})
    assert "är inte sparat, eftersom du inte kommer" in page.text
    assert 'value="Ägg"' not in page.html
    with make.session() as session:
        session.get(ProgrammeItem, dinner.id).sign_up_by = clock.now() - timedelta(hours=1)
    late = sign_up(client, cast.steering, cast.meeting, diet="Utan ägg")
    assert late.status == 422
    assert "Anmälan har stängt. Fråga Agnes Björk eller Frida Lund" in late.text
    assert "Du har svarat" not in client.get(f"/meetings/{cast.meeting.slug}").text


def test_a_meeting_that_is_not_open_takes_no_sign_ups(client, make, cast):
    dinner = part(make, cast.meeting)
    form = (
        client.sign_in(cast.steering)
        .get(f"/meetings/{cast.meeting.slug}")
        .form(f"/meetings/{cast.meeting.slug}/sign-ups")
    )
    for state in (MeetingState.PLANNED, MeetingState.CANCELLED, MeetingState.HELD):
        with make.session() as session:
            session.get(Meeting, cast.meeting.id).state = state
        page = client.get(f"/meetings/{cast.meeting.slug}")
        assert f"part_{dinner.id}" not in page.html
        sent = client.post(f"/meetings/{cast.meeting.slug}/sign-ups", form | {f"part_{dinner.id}": "yes"})
        assert sent.status == 422
    assert answers(make, dinner) == []


def test_the_caterer_gets_numbers_without_names(client, make, cast):
    dinner = part(make, cast.meeting, "=Middag", capacity=1)
    for who in (cast.representative, cast.steering):
        sign_up(client, who, cast.meeting, **{f"part_{dinner.id}": "yes"})
    page = client.get(f"/meetings/{cast.meeting.slug}/counts")
    assert "Agnes" not in page.text
    table = client.raw.get(f"/meetings/{cast.meeting.slug}/counts/csv")
    assert table.headers["Content-Disposition"] == f'attachment; filename="{cast.meeting.slug}.csv"'
    lines = table.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "Del;När;Var;Kommer;I kö;Platser"
    assert lines[1].startswith("'=Middag;")
    assert lines[1].endswith(";;1;1;1")
