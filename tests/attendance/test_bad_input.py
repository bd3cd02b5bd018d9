"""Whatever is sent to the forms of sign-up, the answer is a page, and what is refused leaves no trace."""

import pytest

from kloss_intranet.meetings.models import Meeting
from tests.architecture.test_bad_input import BAD, send
from tests.attendance.helpers import part


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_bad_values_are_refused(client, make, cast, value):
    dinner = part(make, cast.meeting, capacity=1)
    at = f"/meetings/{cast.meeting.slug}"
    names = (f"part_{dinner.id}", "part_999", "diet", "access", "stand_in", "stand_in_name", "stand_in_email")
    client.sign_in(cast.representative)
    send(client, make, f"{at}/sign-ups", dict.fromkeys(names, value))
    send(client, make, f"{at}/sign-ups", {"diet": value})
    send(client, make, f"{at}/participants/{cast.steering.id}/sign-ups", dict.fromkeys(names, value))
    send(client, make, f"{at}/participants/needs", {"diet": value})
    with make.session() as session:
        row = session.get(Meeting, cast.meeting.id)
        row.starts_at = cast.old_meeting.starts_at
    seat = f"seat_{cast.institution.id}"
    send(client, make, f"{at}/attendance/notes", {seat: value, "mark": ""})
    send(client, make, f"{at}/attendance/notes", {seat: "2", "mark": value})
    for place in ("sign-ups", "participants", "counts", "attendance", f"participants/{cast.steering.id}"):
        assert client.get(f"{at}/{place}").status == 200
