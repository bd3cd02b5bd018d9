"""The same act sent several times at once is done once, and nobody is told that the database failed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from kloss_intranet.threads.models import Following, Reading, Saved, Unfolding

ACTS = {
    "follow": ("/threads/{thread}/followings", {"level": "all"}, Following),
    "save": ("/posts/{post}/savings", {}, Saved),
    "unfold": ("/threads/{thread}/unfoldings", {}, Unfolding),
    "read": ("/threads/{thread}/readings", {"first": "1", "seq": "1"}, Reading),
}


@pytest.mark.any_database
@pytest.mark.parametrize("act", ACTS)
def test_an_act_sent_eight_times_at_once_is_done_once(client, cast, make, act):
    thread = make.thread(cast.meeting, cast.theme)
    post = make.post(thread, cast.convenor)
    path, fields, table = ACTS[act]
    client.sign_in(cast.representative)
    sent = fields | {"csrf_token": client.token()}
    cookie = client.raw.get_cookie("kloss")
    senders = [client.app.test_client() for _ in range(8)]
    together = threading.Barrier(len(senders))

    def send(sender):
        sender.set_cookie("kloss", cookie.value)
        together.wait()
        return sender.post(path.format(thread=thread.id, post=post.id), data=sent).status_code

    # On PostgreSQL they really meet; on SQLite they queue for the file.
    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(send, senders)) == {303}
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(table)) == 1
