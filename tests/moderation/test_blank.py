"""Space, or characters that nobody sees, are no title and no reason."""

import pytest
from sqlalchemy import select

from kloss_intranet.threads.models import Thread
from tests.moderation.arranging import REASON, measures, on


@pytest.mark.parametrize("blank", ["   ", "\u200b"])
def test_a_thread_is_not_parted_under_a_title_that_nobody_sees(client, cast, make, blank):
    thread = make.thread(cast.meeting, cast.theme, title="Salarna")
    make.post(thread, cast.representative, "Vi skriver i stora salar.")
    later = make.post(thread, cast.steering, "Hos oss är de små.")
    client.sign_in(cast.coordinator)
    for title, reason in ((blank, REASON), ("Små salar", blank)):
        sent = {"post": later.id, "title": title, "reason": reason}
        assert client.post(f"/threads/{thread.id}/splits", sent, form_on=on(thread, "split")).status == 422
    assert measures(make) == []
    sent = {"post": later.id, "title": "Små salar", "reason": REASON}
    assert client.post(f"/threads/{thread.id}/splits", sent, form_on=on(thread, "split")).status == 200
    with make.session() as session:
        assert all(session.scalars(select(Thread.title)))
