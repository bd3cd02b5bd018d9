"""Guests: named by those who arrange a meeting, let into it alone, and out of it fourteen days after."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kloss_intranet.attendance.models import SignUp
from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Admission, AdmissionKind, Guest, Meeting, MeetingState
from kloss_intranet.meetings.services import last_day
from kloss_intranet.members.models import Mandate, Member, Role
from kloss_intranet.planning.services.guests import LETTERS_A_DAY, MOST
from tests import samples
from tests.attendance.helpers import answers, part, sign_up

AT = "/meetings/bjorko/guests"
VERA = {"name": "Vera Lind", "email": "Vera@Example.org ", "affiliation": "Provinstitutet", "language": "sv"}


def the_guest(make, email="vera@example.org"):
    with make.session() as session:
        return session.scalars(select(Member).where(Member.email == email)).one()


def way_in(make, member):
    with make.session() as session:
        return session.scalars(select(Admission).where(Admission.member_id == member.id)).one()


def letters(make, member):
    with make.session() as session:
        found = select(Letter).where(Letter.member_id == member.id).order_by(Letter.id)
        return session.scalars(found).all()


def admit(client, who, **data):
    return client.sign_in(who).post(AT, VERA | data, form_on=AT)


@pytest.fixture
def written(make, cast):
    """Stands on the agenda without an account."""
    return make.add(Guest(agenda_item_id=cast.item.id, name="Vera L.", organisation="Provinstitutet"))


@pytest.mark.any_database
def test_the_whole_way_from_naming_to_the_last_day(client, make, cast, written, monkeypatch):
    thread = make.thread(cast.meeting, cast.theme, title="Med våra gäster", for_guests=True)
    folder = make.folder(cast.meeting, "Bilder", "guests")
    page = client.sign_in(cast.representative).get(f"{AT}?guest={written.id}")
    assert page.form(AT)["name"] == "Vera L."
    page = admit(client, cast.representative, guest=str(written.id))
    assert "Vera Lind är gäst på träffen och får ett mail." in page.text
    vera, until = the_guest(make), last_day(cast.meeting) + timedelta(days=14)
    admission = way_in(make, vera)
    assert (admission.kind, admission.ends_on) == (AdmissionKind.GUEST, until)
    with make.session() as session:
        assert not session.scalars(select(Mandate.id).where(Mandate.member_id == vera.id)).all()
        assert not session.scalars(select(Role.id).where(Role.member_id == vera.id)).all()
        entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "meeting:admit")).all()
    assert [entry.member_id for entry in entries] == [cast.representative.id]
    [letter] = letters(make, vera)
    assert (letter.path, letter.address) == ("/meetings/bjorko", "vera@example.org")
    assert letter.subject == "Du är gäst: Träff i Björkö"
    for words in ("Agnes Björk har bjudit in dig", "sista dagen är", "det lösenord du väljer"):
        assert words in letter.plain
        assert words in letter.html
    link = re.search(r"/auth/invitations/\S+", letter.plain)[0]

    door = client.another()
    welcome = {"name": "Vera Lind-Ås", "language": "sv", "password": "sju bruna bävrar"}
    assert door.post(link, welcome, form_on=link).status == 200
    assert "Du är gäst: Träff i Björkö" in door.get("/").text
    shown = door.get("/meetings/bjorko")
    assert shown.status == 200
    # The name was changed on the way in; the item is hers all the same.
    assert "Din punkt" in shown.text
    assert f"/threads/{thread.id}" in shown.links
    assert f"/threads/{cast.thread.id}" not in shown.links
    sent = {"aspect": "method", "factor": "neither", "body": "Vi prövade i det lilla."}
    to = f"/threads/{thread.id}"
    assert door.post(f"{to}/posts", sent, form_on=to).status == 200
    here = f"/material-folders/{folder.id}"
    slides = {"file": (io.BytesIO(samples.PDF), "bilder.pdf"), "title": "Mina bilder"}
    assert "Filen ligger i mappen." in door.post(f"{here}/materials", slides, here).text
    for closed in ("/members/", "/questions/", "/new", f"/threads/{cast.thread.id}", "/meetings/asnes", AT):
        assert door.get(closed).status in (403, 404), closed

    ends = clock.day_ends(until)
    for late, status in ((ends - timedelta(minutes=1), 200), (ends, 404)):
        monkeypatch.setattr(clock, "now", lambda late=late: late)
        door = client.another()
        door.sign_in_by_form("vera@example.org", "sju bruna bävrar")
        assert door.get("/meetings/bjorko").status == status
    for gone in ("/meetings/bjorko", to, here):
        assert door.get(gone).status == 404
    assert "Vera Lind" not in client.sign_in(cast.coordinator).get(AT).text


@pytest.mark.any_database
def test_one_with_an_account_is_told_by_a_plain_letter(client, make, cast):
    known = make.member("Jonas Ås", email="jonas@example.org", language="en")
    assert admit(client, cast.host, email="jonas@example.org").status == 200
    [letter] = letters(make, known)
    assert "/auth/invitations/" not in letter.plain
    assert letter.plain.rstrip().endswith("/meetings/bjorko")
    again = admit(client, cast.coordinator, email="jonas@example.org")
    assert again.status == 422
    assert "Jonas Ås är redan gäst" in again.text


@pytest.mark.any_database
def test_who_is_refused_and_what_was_typed_is_kept(client, make, cast):
    make.member("Stängd", email="closed@example.org", closed_at=clock.now())
    refused = {
        "birger@example.org": "hör till nätverket",
        "elin@example.org": "hör till nätverket",
        "closed@example.org": "avslutat",
        "ingen adress": "namn@lärosäte.se",
        "": "Skriv en mailadress.",
    }
    for email, words in refused.items():
        page = admit(client, cast.coordinator, email=email)
        assert page.status == 422
        assert words in page.text
        assert page.form(AT)["name"] == "Vera Lind"
    assert "Birger Åsling" not in admit(client, cast.host, email="birger@example.org").text
    assert admit(client, cast.coordinator, name="x" * 121).status == 422
    assert admit(client, cast.coordinator, guest="99").status == 422
    for who, status in ((cast.guest, 403), (cast.other_representative, 403), (cast.former, 404)):
        assert client.sign_in(who).post(AT, VERA).status == status
    with make.session() as session:
        assert session.scalar(select(func.count(Letter.id))) == 0


@pytest.mark.any_database
def test_ending_closes_at_once_and_frees_the_seat(client, make, cast):
    few = part(make, cast.meeting, capacity=1)
    admit(client, cast.coordinator)
    vera = the_guest(make)
    admission = way_in(make, vera)
    sign_up(client, vera, cast.meeting, **{f"part_{few.id}": "yes"})
    sign_up(client, cast.convenor, cast.meeting, **{f"part_{few.id}": "yes"})
    inside = client.another().sign_in(vera)
    page = client.sign_in(cast.coordinator).post(f"{AT}/{admission.id}/endings", form_on=AT)
    assert "Vera Lind är inte längre gäst" in page.text
    assert inside.get("/meetings/bjorko").status == 404
    assert answers(make, few) == [(cast.convenor.id, "coming")]
    # The invitation had not been sent yet, so it is not sent at all.
    [letter] = letters(make, vera)
    assert (letter.path, "inte längre gäst" in letter.subject) == (None, True)
    assert client.post(f"{AT}/{admission.id}/endings").status == 404
    assert admit(client, cast.coordinator).status == 200
    assert way_in(make, vera).ends_on == last_day(cast.meeting) + timedelta(days=14)


@pytest.mark.any_database
def test_the_letter_goes_again_but_not_without_end(client, make, cast):
    admit(client, cast.coordinator)
    vera = the_guest(make)
    again = f"{AT}/{way_in(make, vera).id}/invitations"
    first = letters(make, vera)[0].plain
    with make.session() as session:
        session.scalars(select(Letter)).one().sent_at = clock.now()
    assert "får mailet igen" in client.post(again, form_on=AT).text
    both = (first, letters(make, vera)[-1].plain)
    old, new = (re.search(r"/auth/invitations/\S+", text)[0] for text in both)
    assert old != new
    door = client.another()
    assert (door.get(old).status, door.get(new).status) == (410, 200)
    for _ in range(LETTERS_A_DAY):
        with make.session() as session:
            for letter in session.scalars(select(Letter)):
                letter.sent_at = clock.now()
        page = client.post(again, form_on=AT)
    assert page.status == 429
    assert len(letters(make, vera)) == LETTERS_A_DAY


def test_a_meeting_has_room_for_so_many(client, make, cast):
    with make.session() as session:
        there = session.scalar(select(func.count(Admission.id)).where(Admission.kind == AdmissionKind.GUEST))
    for _ in range(MOST - there):
        make.admission(cast.meeting, make.member(), "guest", ends_on=clock.today() - timedelta(days=1))
    page = admit(client, cast.coordinator)
    assert page.status == 422
    assert f"högst {MOST} gäster" in page.text


def test_a_helper_is_not_ended_as_a_guest(client, cast, make):
    client.sign_in(cast.coordinator)
    helper = way_in(make, cast.host)
    for act in ("endings", "invitations"):
        assert client.post(f"{AT}/{helper.id}/{act}").status == 404


@pytest.mark.any_database
def test_nobody_is_let_in_long_after_nor_to_what_is_over(client, make, cast):
    past = make.meeting(starts_at=clock.now() - timedelta(days=40))
    at = f"/meetings/{past.slug}/guests"
    client.sign_in(cast.coordinator)
    assert "mer än 14 dagar" in client.get(at).text
    assert client.post(at, VERA).status == 422
    for state, words in ((MeetingState.CANCELLED, "inställd"), (MeetingState.CLOSED, "avslutad")):
        with make.session() as session:
            session.get(Meeting, cast.meeting.id).state = state
        page = client.get(AT)
        assert words in page.text
        assert "Släpp in en gäst" not in page.text
        assert client.post(AT, VERA).status == 409


@pytest.mark.any_database
def test_a_guest_keeps_the_item_when_it_is_edited(client, make, cast, written):
    admit(client, cast.coordinator, guest=str(written.id))
    to = f"/meetings/bjorko/agenda-items/{cast.item.id}"
    form = client.get(f"{to}/edit").form(f"{to}/revisions")
    changed = form | {"guest_name_2": "Nils Ny", "guest_role_1": "Talare"}
    assert client.post(f"{to}/revisions", changed).status == 200
    with make.session() as session:
        rows = session.scalars(select(Guest).order_by(Guest.id)).all()
    assert [(row.name, row.member_id) for row in rows] == [("Vera L.", the_guest(make).id), ("Nils Ny", None)]


def test_a_seat_is_kept_by_a_guest_who_has_joined_the_network(client, make, cast):
    dinner = part(make, cast.meeting)
    admit(client, cast.coordinator)
    vera = the_guest(make)
    sign_up(client, vera, cast.meeting, **{f"part_{dinner.id}": "yes"})
    make.mandate(vera)
    client.sign_in(cast.coordinator).post(f"{AT}/{way_in(make, vera).id}/endings", form_on=AT)
    with make.session() as session:
        assert session.scalars(select(SignUp.member_id)).all() == [vera.id]
