"""Whoever has left, the network or the role, is told nothing of what was done afterwards."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.members.models import Role
from tests.moderation.arranging import move, on
from tests.moderation.cases import report

LATER, WORDS = "Det nya läget", "Det blev en bra diskussion."


@pytest.fixture
def old(make, cast):
    """A thread, with a post, from when the former member still had a mandate."""
    then = clock.now() - timedelta(days=2000)
    thread = make.thread(cast.meeting, cast.theme, title="Det gamla läget", opened_at=then)
    return thread, make.post(thread, cast.representative, "Så här gjorde vi då.", posted_at=then)


def test_a_post_moved_to_a_later_thread_is_away_at_every_address(client, cast, make, old):
    thread, post = old
    file = make.attachment(post, b"Siffrorna\n", added_at=post.posted_at)
    into = make.thread(cast.meeting, cast.theme, title=LATER)
    former = client.another().sign_in(cast.former)
    at = [f"/posts/{post.id}{page}" for page in ("", "/report", "/revisions")]
    at += [f"/attachments/{file.id}", f"/attachments/{file.id}/versions/1", f"/attachments/{file.id}/report"]
    assert former.get(at[0]).status == former.get(at[1]).status == 200
    client.sign_in(cast.coordinator)
    assert move(client, thread, [post], into, scope="alone").status == 200
    for path in at:
        answer = former.get(path)
        assert (path, answer.status) == (path, 404)
        assert LATER not in answer.text
    assert client.another().sign_in(cast.steering).get(at[1]).status == 200


def test_the_words_that_end_a_thread_are_for_those_who_are_still_there(client, cast, old):
    thread, _post = old
    client.sign_in(cast.coordinator)
    locking = {"reason": "Klart.", "words": WORDS}
    assert WORDS in client.post(f"/threads/{thread.id}/locks", locking, form_on=on(thread, "lock")).text
    assert WORDS in client.another().sign_in(cast.representative).get(f"/threads/{thread.id}").text
    left = client.another().sign_in(cast.former).get(f"/threads/{thread.id}")
    assert left.status == 200
    assert WORDS not in left.text


@pytest.mark.any_database
def test_a_former_coordinator_reads_no_more_of_what_was_reported(client, cast, make):
    second = make.member("Malin Ek", email="malin.ek@example.org")
    role = make.role(second, "coordinator")
    make.mandate(second)
    assert report(client.sign_in(cast.other_representative), f"/posts/{cast.post.id}").status == 200
    told = f"Anmält: {cast.thread.title}"
    there = client.another().sign_in(second)
    for path in ("/", "/notices"):
        assert told in there.get(path).text
    with make.session() as session:
        session.get(Role, role.id).ends_on = clock.today() - timedelta(days=1)
    for path in ("/", "/notices"):
        page = there.get(path)
        assert page.status == 200
        assert told not in page.text
    assert there.get("/moderation/").status == 403
