"""A thread is locked with words at its end, pinned first, and has places with names."""

import pytest
from sqlalchemy import select

from kloss_intranet.threads.models import Following, Post
from tests.moderation.arranging import REASON, kept, measures, on, told

WORDS = "Samtalet fortsätter på träffen."


def act(client, thread, noun, **sent):
    return client.post(
        f"/threads/{thread.id}/{noun}", {"reason": REASON} | sent, form_on=on(thread, noun.removesuffix("s"))
    )


@pytest.mark.any_database
def test_a_locked_thread_is_read_and_found_but_takes_no_posts(client, cast, make):
    thread = cast.thread
    reader = client.another().sign_in(cast.representative)
    reader.post(f"/threads/{thread.id}/followings", {"level": "all"})
    form = reader.get(f"/threads/{thread.id}").form(f"/threads/{thread.id}/posts")
    client.sign_in(cast.coordinator)
    page = act(client, thread, "locks", words=WORDS)
    assert WORDS in page.text
    for who in (cast.representative, cast.guest, cast.former):
        seen = client.another().sign_in(who).get(f"/threads/{thread.id}")
        assert (WORDS in seen.text) is (who is cast.representative)
    assert "Vi började i det lilla." in reader.get(f"/threads/{thread.id}").text
    assert "låst" in reader.get(f"/meetings/{cast.meeting.slug}").text
    late = reader.post(f"/threads/{thread.id}/posts", form | {"body": "För sent.", "aspect": "method"})
    assert late.status == 403
    assert told(make, cast.representative) == [f"Tråden är låst: {thread.title}"]
    act_twice = client.post(f"/threads/{thread.id}/locks", {"reason": REASON, "words": "Andra ord"})
    assert act_twice.status == 200
    assert kept(make, thread).closing_words == WORDS
    assert act(client, thread, "unlocks").status == 200
    assert WORDS not in reader.get(f"/threads/{thread.id}").text
    assert "Dela en erfarenhet" in reader.get(f"/threads/{thread.id}").text
    assert [done for done, *_ in measures(make)] == ["lock", "unlock"]


@pytest.mark.any_database
def test_a_pinned_thread_stands_first_at_its_meeting_and_says_so(client, cast, make):
    last = make.thread(cast.meeting, cast.theme, title="Den sist öppnade")
    reader = client.another().sign_in(cast.representative)
    page = f"/meetings/{cast.meeting.slug}"

    def titles():
        lists = [each for each in reader.get(page).root.all("a") if each.attrs.get("class") == "list-title"]
        return [each.text for each in lists if each.attrs["href"].startswith("/threads/")]

    assert titles()[-1] == last.title
    client.sign_in(cast.coordinator)
    assert client.post(f"/threads/{last.id}/pins", {"reason": ""}).status == 422
    act(client, last, "pins")
    assert titles()[0] == last.title
    assert "fäst överst" in reader.get(page).text
    client.post(f"/threads/{last.id}/pins", {"reason": REASON})
    act(client, last, "unpins")
    assert titles()[-1] == last.title
    assert "fäst överst" not in reader.get(page).text
    assert [done for done, *_ in measures(make)] == ["pin", "unpin"]
    assert reader.post(f"/threads/{last.id}/pins", {"reason": REASON}).status == 403


@pytest.mark.any_database
def test_a_milestone_stands_beside_the_thread_while_its_post_does(client, cast, make):
    post = make.post(cast.thread, cast.representative, "Här vände det.")
    client.sign_in(cast.coordinator)
    page, to = f"/posts/{post.id}/moderation", f"/posts/{post.id}/milestones"
    assert client.post(to, {"label": "Vändpunkten"}, form_on=page).status == 422
    client.post(to, {"label": "Vändpunkten", "why": REASON}, form_on=page)
    client.post(to, {"label": "Vändpunkten", "why": REASON})
    reader = client.another().sign_in(cast.steering)
    thread = f"/threads/{cast.thread.id}"
    assert "Vändpunkten" in reader.get(thread).text
    assert "Milstolpar" in reader.get(thread).text
    author = client.another().sign_in(cast.representative)
    author.post(f"/posts/{post.id}/withdrawals")
    assert "Vändpunkten" not in reader.get(thread).text
    author.post(f"/posts/{post.id}/restorations")
    assert "Vändpunkten" in reader.get(thread).text
    client.post(to, {"label": "", "why": REASON}, form_on=page)
    assert "Milstolpar" not in reader.get(thread).text
    assert measures(make) == [("mark", "post", post.id), ("unmark", "post", post.id)]
    assert reader.get(page).status == 403
    with make.session() as session:
        assert session.scalars(select(Post.milestone).where(Post.id == post.id)).one() is None
        assert session.scalars(select(Following)).all() == []


def test_the_forms_offer_only_what_can_be_done(client, cast, make):
    shared = make.thread(cast.meeting, cast.theme, for_guests=True)
    client.sign_in(cast.coordinator)
    page = client.get(f"/threads/{shared.id}/moderation")
    assert page.status == 200
    for absent in ("Flytta tråden", "Dela", "Lås upp"):
        assert absent not in [link.text for link in page.root.all("a")]
    for each in ("posts", "split", "merge", "meeting", "lock", "pin", "unlock", "okänd"):
        assert client.get(on(cast.thread, each)).status == 200
