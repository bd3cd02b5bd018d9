"""Noting after a meeting how many came from each institution."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.models import Attendance
from kloss_intranet.core import clock
from kloss_intranet.meetings.models import Meeting
from tests.attendance.helpers import part, sign_up


def begun(make, cast):
    with make.session() as session:
        row = session.get(Meeting, cast.meeting.id)
        row.starts_at, row.ends_at = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)


@pytest.mark.any_database
def test_the_hosts_note_how_many_came(client, make, cast):
    dinner, visit = part(make, cast.meeting), part(make, cast.meeting, "Studiebesök", 2)
    both = {f"part_{dinner.id}": "yes", f"part_{visit.id}": "yes"}
    sign_up(client, cast.representative, cast.meeting, **both)
    at, seat = f"/meetings/{cast.meeting.slug}/attendance", f"seat_{cast.institution.id}"
    client.sign_in(cast.host)
    assert "Björkö universitet 1" in client.get(at).text  # one person, in two parts
    early = client.post(f"{at}/notes", {seat: "3"})
    assert early.status == 422
    begun(make, cast)
    assert client.get(at).form(f"{at}/notes")[seat] == "1"
    assert client.post(f"{at}/notes", {seat: "-1"}, form_on=at).status == 422
    page = client.post(f"{at}/notes", {seat: "3"}, form_on=at)
    assert "3 personer var med." in page.text
    with make.session() as session:
        [row] = session.scalars(select(Attendance)).all()
        assert (row.institution_id, row.number) == (cast.institution.id, 3)
    for who in (cast.steering, cast.guest, cast.other_representative):
        assert client.sign_in(who).get(at).status == 403


@pytest.mark.any_database
def test_two_who_note_at_once_see_each_others_numbers(client, make, cast):
    begun(make, cast)
    at, seat = f"/meetings/{cast.meeting.slug}/attendance", f"seat_{cast.institution.id}"
    form = client.sign_in(cast.coordinator).get(at).form(f"{at}/notes")
    other = client.another().sign_in(cast.host)
    other.post(f"{at}/notes", {seat: "4"}, form_on=at)
    clash = client.post(f"{at}/notes", form | {seat: "5"})
    assert clash.status == 409
    assert "Björkö universitet: 4" in clash.text
    again = clash.form(f"{at}/notes")
    assert again[seat] == "5"
    assert "5 personer var med." in client.post(f"{at}/notes", again).text
