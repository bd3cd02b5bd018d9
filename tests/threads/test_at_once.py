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


@pytest.mark.any_database
def test_posts_that_quote_into_each_others_threads_do_not_lock_each_other(client, cast, make):
    one, other = (make.thread(cast.meeting, cast.theme) for _ in range(2))
    quoted = {thread.id: make.post(thread, cast.convenor) for thread in (one, other)}
    ways = [(one.id, quoted[other.id].id), (other.id, quoted[one.id].id)] * 6
    senders = []
    for place, _post in ways:
        browser = client.another().sign_in(cast.representative if place == one.id else cast.steering)
        senders.append((browser.raw, {"csrf_token": browser.token(), "aspect": "method"}))
    together = threading.Barrier(len(ways))

    def send(way, sender):
        (thread_id, post_id), (browser, sent) = way, sender
        together.wait()
        body = f"> Vi började i det lilla.\n> /posts/{post_id}\n\nEget."
        return browser.post(f"/threads/{thread_id}/posts", data=sent | {"body": body}).status_code

    with ThreadPoolExecutor(len(ways)) as pool:
        assert set(pool.map(send, ways, senders)) == {303}
