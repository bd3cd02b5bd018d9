"""What somebody needs leaves no trace beside the database: neither in the log nor in the browser's store."""

import pytest
from sqlalchemy import text

from tests.attendance.helpers import part, sign_up

FULL = (
    "CREATE TRIGGER full_disk BEFORE INSERT ON participant_needs BEGIN SELECT RAISE(ABORT, 'disk full'); END"
)


def test_a_failing_database_does_not_put_needs_into_the_log(client, make, cast, caplog):
    dinner = part(make, cast.meeting)
    with make.session() as session:
        session.execute(text(FULL))
    page = sign_up(client, cast.steering, cast.meeting, **{f"part_{dinner.id}": "yes", "diet": "Celiaki"})
    assert page.status == 503
    assert "disk full" in caplog.text
    assert "Celiaki" not in caplog.text


@pytest.mark.parametrize("place", ["", "/sign-ups"])
def test_no_browser_keeps_a_page_with_ones_needs(client, make, cast, place):
    dinner, at = part(make, cast.meeting), f"/meetings/{cast.meeting.slug}{place}"
    client.sign_in(cast.steering)
    assert client.get(at).response.headers["Cache-Control"] == "private, no-cache"
    sign_up(client, cast.steering, cast.meeting, **{f"part_{dinner.id}": "yes", "diet": "Celiaki"})
    page = client.get(at)
    assert 'value="Celiaki"' in page.html
    assert page.response.headers["Cache-Control"] == "private, no-store"
