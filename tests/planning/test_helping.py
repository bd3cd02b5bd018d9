"""Those who help the hosts: named by the address of a member, until thirty days after the meeting."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Admission, AdmissionKind
from kloss_intranet.meetings.services import last_day


@pytest.mark.any_database
def test_a_helper_is_named_told_and_let_go(client, cast, make):
    helper = make.member("Hugo Hjälp", email="hugo@example.org")
    at = f"/meetings/{cast.meeting.slug}/helpers"
    client.sign_in(cast.representative)
    page = client.post(at, {"email": "ingen@example.org"}, form_on=at)
    assert page.status == 422
    assert "Ingen medlem har den adressen" in page.text
    assert page.form(at)["email"] == "ingen@example.org"
    assert "Hugo Hjälp" in client.post(at, {"email": " Hugo@example.org "}, form_on=at).text
    with make.session() as session:
        row = session.scalars(select(Admission).where(Admission.member_id == helper.id)).one()
        letter = session.scalars(select(Letter)).one()
    assert (row.kind, row.ends_on) == (AdmissionKind.HOST, last_day(cast.meeting) + timedelta(days=30))
    assert (letter.member_id, letter.path) == (helper.id, f"/meetings/{cast.meeting.slug}/checklist")
    other = client.another().sign_in(helper)
    edit = f"/meetings/{cast.meeting.slug}/edit"
    assert other.get(edit).status == 200
    client.post(f"{at}/{row.id}/endings", form_on=at)
    assert other.get(edit).status == 404
    assert "Hugo Hjälp" not in client.get(at).text.replace("ordnar inte längre", "")
    assert client.post(f"{at}/{row.id}/endings").status == 404


def test_the_way_in_ends_by_itself(client, cast, make):
    helper = make.member("Hugo Hjälp")
    ended = make.meeting(starts_at=clock.now() - timedelta(days=40))
    for days, status in ((0, 200), (-1, 404)):
        admission = make.admission(ended, helper, "host", ends_on=clock.today() + timedelta(days=days))
        client.sign_in(helper)
        assert client.get(f"/meetings/{ended.slug}/checklist").status == status
        with make.session() as session:
            session.delete(session.get(Admission, admission.id))


def test_nobody_is_named_for_a_meeting_long_past(client, cast, make):
    past = make.meeting(starts_at=clock.now() - timedelta(days=40))
    client.sign_in(cast.coordinator)
    at = f"/meetings/{past.slug}/helpers"
    page = client.post(at, {"email": cast.representative.email}, form_on=at)
    assert page.status == 422
    assert "mer än 30 dagar" in page.text


def test_a_guest_is_not_ended_as_a_helper(client, cast, make):
    client.sign_in(cast.coordinator)
    with make.session() as session:
        guest = session.scalars(select(Admission).where(Admission.member_id == cast.guest.id)).one()
    at = f"/meetings/{cast.meeting.slug}/helpers/{guest.id}/endings"
    assert client.post(at).status == 404
