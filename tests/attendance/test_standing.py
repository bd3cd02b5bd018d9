"""At the top of a meeting's page stands what one has answered, or until when to."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.meetings.models import Meeting
from tests.attendance.helpers import part, sign_up


@pytest.mark.any_database
def test_the_line_follows_the_answers(client, make, cast):
    dinner, visit = part(make, cast.meeting), part(make, cast.meeting, "Studiebesök", 2, capacity=1)
    page = client.sign_in(cast.representative).get(f"/meetings/{cast.meeting.slug}")
    assert "#sign-up" in page.links
    assert "Anmäl dig" in page.text
    assert "Ändra din anmälan" not in page.text
    page = sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes"})
    assert "Du är anmäld till: Middag" in page.text
    assert "Svara om resten" in page.text
    page = sign_up(client, cast.representative, cast.meeting, **{f"part_{visit.id}": "yes"})
    assert "Du är anmäld till hela träffen." in page.text
    assert "Ändra din anmälan" in page.text
    waits = {f"part_{dinner.id}": "yes", f"part_{visit.id}": "yes"}
    page = sign_up(client, cast.other_representative, cast.meeting, **waits)
    assert any(f"{words} Studiebesök" in page.text for words in ("i kö till:", "on the waiting list for:"))
    away = {f"part_{dinner.id}": "no", f"part_{visit.id}": "no"}
    page = sign_up(client, cast.representative, cast.meeting, **away)
    assert "Du har svarat att du inte kommer." in page.text


def test_nothing_stands_there_once_the_meeting_is_over(client, make, cast):
    part(make, cast.meeting)
    with make.session() as session:
        row = session.get(Meeting, cast.meeting.id)
        row.starts_at, row.ends_at = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
    page = client.sign_in(cast.representative).get(f"/meetings/{cast.meeting.slug}")
    assert "Anmäl dig" not in page.text
