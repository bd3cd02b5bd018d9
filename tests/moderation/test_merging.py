"""Two threads become one, one becomes two, and a thread changes its meeting: addresses lead on."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.threads.models import Draft, Following, Reference, Thread, ThreadMove
from tests.moderation.arranging import REASON, kept, mark, measures, merge, move, on, places, told


def change(client, thread, noun, act, **sent):
    return client.post(f"/threads/{thread.id}/{noun}", {"reason": REASON} | sent, form_on=on(thread, act))


@pytest.fixture
def pair(make, cast):
    one = make.thread(cast.meeting, cast.theme, title="Salar")
    other = make.thread(cast.meeting, cast.theme, title="Lokaler")
    make.post(one, cast.representative, "Vi hyr en hall.")
    make.post(other, cast.steering, "Vi bygger om.")
    return one, other


def choice(make, member, thread, level):
    row = {"member_id": member.id, "thread_id": thread.id, "level": level, "changed_at": clock.now()}
    make.add(Following(**row))


def draft(make, member, thread, words):
    row = {"member_id": member.id, "place": "experience", "subject_id": thread.id}
    make.add(Draft(**row, fields={"body": words}, saved_at=clock.now()))


@pytest.mark.any_database
def test_a_merged_threads_address_leads_to_the_one_that_took_over(client, cast, make, pair):
    one, other = pair
    writer = client.another().sign_in(cast.convenor)
    linking = make.thread(cast.meeting, cast.theme, title="Hänvisningar")
    linked = {"body": f"Jämför /threads/{one.id} här.", "aspect": "method"}
    writer.post(f"/threads/{linking.id}/posts", linked)
    choice(make, cast.convenor, one, "all")
    choice(make, cast.steering, one, "all")
    choice(make, cast.steering, other, "none")
    draft(make, cast.convenor, one, "Påbörjat om salar.")
    draft(make, cast.other_representative, one, "Min första text.")
    draft(make, cast.other_representative, other, "Min andra text.")
    mark(make, one, cast.other_representative, 1)
    mark(make, other, cast.other_representative, 1)
    client.sign_in(cast.coordinator)
    assert merge(client, one, other).path == f"/threads/{other.id}"
    assert [words for *_place, words in places(make, other)] == ["Vi bygger om.", "Vi hyr en hall."]

    reader = client.another().sign_in(cast.other_representative)
    assert reader.get(f"/threads/{one.id}?first=51", follow=False).location == f"/threads/{other.id}"
    assert reader.get(f"/threads/{one.id}").status == 200
    listed = reader.get(f"/meetings/{cast.meeting.slug}")
    assert "Lokaler" in listed.text
    assert "Salar" not in listed.text
    assert "Hänvisningar" in reader.get(f"/threads/{other.id}").text
    assert mark(make, other, cast.other_representative) == 2
    assert "Min första text." in reader.get("/drafts").html
    assert "Påbörjat om salar." in writer.get(f"/threads/{other.id}").html
    with make.session() as session:
        followings = session.execute(select(Following.member_id, Following.thread_id, Following.level)).all()
        links = session.scalars(select(Reference.target_id)).all()
    assert set(followings) == {(cast.convenor.id, other.id, "all"), (cast.steering.id, other.id, "none")}
    assert links == [other.id]
    for follower in (cast.convenor, cast.steering):
        assert told(make, follower) == ["Trådar har slagits ihop: Lokaler"]
    assert measures(make) == [("merge", "thread", one.id)]

    # What was being written on the old page lands in the kept one, and marks nothing there as read.
    writer.post(f"/threads/{one.id}/posts", {"body": "Skrivet på den gamla sidan.", "aspect": "method"})
    assert places(make, other)[-1][2] == "Skrivet på den gamla sidan."
    before = mark(make, other, cast.other_representative)
    reader.post(f"/threads/{one.id}/readings", {"first": "1", "seq": "40"})
    assert mark(make, other, cast.other_representative) == before
    # The forms of the old page do nothing to the kept one.
    for noun in ("locks", "pins", "merges", "moves", "splits", "post-moves"):
        client.post(f"/threads/{one.id}/{noun}", {"reason": REASON, "into": linking.id})
    now = kept(make, other)
    assert (now.closed_at, now.pinned_at, now.merged_into_id) == (None, None, None)
    assert len(measures(make)) == 1


@pytest.mark.any_database
def test_threads_merged_one_after_the_other_lead_to_the_last(client, cast, make, pair):
    one, other = pair
    last = make.thread(cast.meeting, cast.theme, title="Rum")
    client.sign_in(cast.coordinator)
    merge(client, one, other)
    merge(client, other, last)
    assert client.get(f"/threads/{one.id}").path == f"/threads/{last.id}"
    assert merge(client, last, last).status == 422
    sent = {"into": str(one.id), "reason": REASON}
    assert client.post(f"/threads/{last.id}/merges", sent, form_on=on(last, "merge")).status == 422
    assert merge(client, last, cast.steering_thread).status == 422
    assert kept(make, last).merged_into_id is None


@pytest.mark.any_database
def test_two_who_merge_each_others_way_end_with_one_thread(client, cast, make, pair):
    ways = [pair, pair[::-1]] * 3
    senders = []
    for one, other in ways:
        browser = client.another().sign_in(cast.coordinator)
        sent = {"into": str(other.id), "reason": REASON, "csrf_token": browser.token()}
        senders.append((browser.raw, f"/threads/{one.id}/merges", sent))
    together = threading.Barrier(len(senders))

    def send(sender):
        browser, path, sent = sender
        together.wait()
        return browser.post(path, data=sent).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(send, senders)) <= {303, 422}
    with make.session() as session:
        merged = session.scalars(
            select(Thread.merged_into_id).where(Thread.id.in_([t.id for t in pair]))
        ).all()
    assert sorted(merged, key=bool)[0] is None
    assert sum(each is not None for each in merged) == 1
    assert len(measures(make)) == 1


@pytest.mark.any_database
def test_a_thread_is_parted_at_a_post(client, cast, make, pair):
    one, _other = pair
    second = make.post(one, cast.convenor, "En annan sak.")
    reply = make.post(one, cast.steering, "Om den saken.", parent=second)
    choice(make, cast.steering, one, "all")
    mark(make, one, cast.steering, 3)
    client.sign_in(cast.coordinator)
    sent = {"post": second.id, "title": "Den andra saken"}
    first = places(make, one)
    assert change(client, one, "splits", "split", **sent | {"title": ""}).status == 422
    alone = make.post(make.thread(cast.meeting, cast.theme), cast.steering)
    assert change(client, one, "splits", "split", **sent | {"post": alone.id}).status == 422
    assert places(make, one) == first
    page = change(client, one, "splits", "split", **sent)
    assert "Den andra saken" in page.title
    with make.session() as session:
        new = session.scalars(select(Thread).where(Thread.title == "Den andra saken")).one()
    assert places(make, new) == [(1, 1, "En annan sak."), (2, 1, "Om den saken.")]
    assert (new.audience, new.theme_id, new.opened_at) == (one.audience, one.theme_id, one.opened_at)
    assert mark(make, new, cast.steering) == 2
    assert told(make, cast.steering) == ["Inlägg har flyttats: Den andra saken"]
    assert measures(make) == [("split", "thread", one.id)]
    again = client.post(
        f"/threads/{one.id}/splits", {"post": reply.id, "title": "Igen", "reason": REASON}, follow=False
    )
    assert again.status == 422  # it is not there any more to be chosen


@pytest.mark.any_database
def test_the_sides_follow_the_meeting_that_the_thread_is_moved_to(client, cast, make):
    past = make.meeting("Höstträffen", slug="hosten", starts_at=clock.now() - timedelta(days=3))
    thread = make.thread(cast.meeting, cast.theme, title="Prov på distans")
    shared = make.thread(cast.meeting, cast.theme, title="Delad", for_guests=True)
    make.post(thread, cast.representative, "Före blev efter.")
    choice(make, cast.steering, thread, "all")
    client.sign_in(cast.coordinator)
    assert 'data-phase="before"' in client.get(f"/threads/{thread.id}").html
    assert change(client, thread, "moves", "meeting", meeting="ingen").status == 422
    page = change(client, thread, "moves", "meeting", meeting=past.slug)
    assert 'data-phase="after"' in page.html
    client.post(f"/threads/{shared.id}/moves", {"meeting": past.slug, "reason": REASON})
    assert kept(make, shared).meeting_id == cast.meeting.id
    reader = client.another().sign_in(cast.representative)
    old, new = (reader.get(f"/meetings/{slug}") for slug in (cast.meeting.slug, past.slug))
    assert "Flyttad till" in old.text
    assert f"/threads/{thread.id}" in old.links & new.links
    assert "Flyttad till" not in new.text
    with make.session() as session:
        assert session.scalars(select(ThreadMove.thread_id)).all() == [thread.id]
    change(client, thread, "moves", "meeting", meeting=cast.meeting.slug)
    assert "Flyttad till" in reader.get(f"/meetings/{past.slug}").text
    assert 'data-phase="before"' in reader.get(f"/threads/{thread.id}").html
    assert told(make, cast.representative) == []
    assert told(make, cast.steering) == ["Tråden har flyttats: Prov på distans"] * 2


def test_who_has_seen_what_is_folded_goes_on_seeing_it(client, cast, make):
    thread = make.thread(cast.meeting, cast.theme, write_first=True)
    into = make.thread(cast.meeting, cast.theme, title="Också här", write_first=True)
    ordinary = make.thread(cast.meeting, cast.theme, title="Här läser alla")
    mine = make.post(thread, cast.representative, "Mitt eget.")
    make.post(thread, cast.steering, "Det som de andra skrev.")
    reader = client.another().sign_in(cast.representative)
    assert "Det som de andra skrev." in reader.get(f"/threads/{thread.id}").text
    outside = client.another().sign_in(cast.other_representative)
    assert "Det som de andra skrev." not in outside.get(f"/threads/{thread.id}").text
    client.sign_in(cast.coordinator)
    refused = move(client, thread, [mine], ordinary)
    assert refused.status == 422
    assert "Här läser alla" not in refused.text
    move(client, thread, [mine], into)
    assert "Det som de andra skrev." in reader.get(f"/threads/{thread.id}").text
    assert "Det som de andra skrev." not in outside.get(f"/threads/{thread.id}").text
