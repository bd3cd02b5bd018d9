"""A post moved to another thread takes with it all that hangs on it, and leaves a pointer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.moderation.models import Act, Decision
from kloss_intranet.threads.models import Audience, Draft, Post, PostMove, Saved, Thread
from tests.moderation.arranging import REASON, kept, mark, measures, move, on, places, told

POINTER = "har flyttats"


@pytest.fixture
def talk(make, cast):
    """A thread with two conversations, and another thread that it is read like."""
    thread = make.thread(cast.meeting, cast.theme, title="Var proven skrivs", asks=1, similar=1)
    into = make.thread(cast.meeting, cast.theme, title="Salarna och datorerna")
    first = make.post(thread, cast.representative, "Vi skriver i stora salar.", mandate=cast.mandate)
    asks = make.post(thread, cast.steering, "Hur stora är de?", parent=first, relation="asks")
    other = make.post(thread, cast.other_representative, "Hos oss går det bra.")
    answer = make.post(thread, cast.convenor, "Hos oss är de små.", parent=asks, relation="similar")
    there = make.post(into, cast.steering, "Här handlar det om datorer.")
    return {"from": thread, "into": into, "posts": (first, asks, other, answer), "there": there}


@pytest.mark.any_database
def test_a_post_moves_with_what_answers_it_and_leaves_a_pointer(client, cast, make, talk):
    thread, into, (first, asks, other, answer) = talk["from"], talk["into"], talk["posts"]
    client.sign_in(cast.coordinator)
    page = move(client, thread, [first], into)
    assert page.path == f"/threads/{into.id}"
    assert places(make, into) == [
        (1, 1, "Här handlar det om datorer."),
        (2, 2, "Vi skriver i stora salar."),
        (3, 2, "Hur stora är de?"),
        (4, 2, "Hos oss är de små."),
    ]
    assert places(make, thread) == [(3, 3, "Hos oss går det bra.")]
    source, target = kept(make, thread), kept(make, into)
    assert (source.last_seq, source.asks, source.similar) == (4, 0, 0)
    assert (target.last_seq, target.asks, target.similar) == (4, 1, 1)
    assert (source.last_posted_at, target.last_posted_at) == (other.posted_at, talk["there"].posted_at)
    assert measures(make) == [(Act.MOVE, "post", first.id)]

    reader = client.another().sign_in(cast.convenor)
    left = reader.get(f"/threads/{thread.id}")
    assert left.text.count(POINTER) == 2
    assert "Salarna och datorerna" not in left.text
    assert f"/posts/{first.id}" in left.links
    assert "Vi skriver i stora salar." not in left.html
    for moved in (first, asks, answer):
        found = reader.get(f"/posts/{moved.id}", follow=False)
        assert found.location.endswith(f"/threads/{into.id}#p{moved.id}")
    listed = reader.get(f"/meetings/{cast.meeting.slug}").text
    assert listed.count("4 inlägg") == 1
    new = make.post(thread, cast.steering, "Något nytt.")
    assert new.seq == 5


@pytest.mark.any_database
def test_alone_it_leaves_its_answers_and_they_lead_to_it(client, cast, make, talk):
    thread, into, (first, *_rest) = talk["from"], talk["into"], talk["posts"]
    client.sign_in(cast.coordinator)
    move(client, thread, [first], into, scope="alone")
    assert [words for *_place, words in places(make, into)][1:] == ["Vi skriver i stora salar."]
    left = client.another().sign_in(cast.convenor).get(f"/threads/{thread.id}")
    assert "Hur stora är de?" in left.text
    assert f"/posts/{first.id}" in left.links
    assert "Vi skriver i stora salar." not in left.html
    # Moved after it, they join its conversation again.
    move(client, thread, [talk["posts"][1]], into)
    assert places(make, into)[1:] == [
        (2, 2, "Vi skriver i stora salar."),
        (3, 2, "Hur stora är de?"),
        (4, 2, "Hos oss är de små."),
    ]


def test_only_a_coordinator_moves_and_only_to_where_the_same_people_read(client, cast, make, talk):
    thread, (first, *_rest) = talk["from"], talk["posts"]
    shared = make.thread(cast.meeting, cast.theme, for_guests=True)
    for who, status in ((cast.representative, 403), (cast.steering, 403), (cast.guest, 404)):
        sent = client.another().sign_in(who)
        moved = sent.post(f"/threads/{thread.id}/post-moves", {"posts": [first.id], "into": talk["into"].id})
        assert moved.status == status
        assert sent.get(f"/threads/{thread.id}/moderation").status == status
        assert sent.post(f"/posts/{first.id}/moves", {"into": talk["into"].id}).status == status
        assert "Moderera tråden" not in sent.get(f"/threads/{talk['into'].id}").text
    client.sign_in(cast.coordinator)
    for closed in (cast.steering_thread, shared):
        assert move(client, thread, [first], closed).status == 422
    assert move(client, thread, [], talk["into"]).status == 422
    assert move(client, thread, [first], talk["into"], reason=" ").status == 422
    assert move(client, thread, [first], "new", title="").status == 422
    assert measures(make) == []
    assert len(places(make, thread)) == 4
    assert move(client, thread, [first], "new", title="Stora salar").path not in (f"/threads/{thread.id}",)
    assert len(places(make, thread)) == 1


@pytest.mark.any_database
def test_what_has_been_read_stays_read_and_what_waits_goes_along(client, cast, make, talk):
    thread, into, (first, asks, other, _answer) = talk["from"], talk["into"], talk["posts"]
    mark(make, thread, cast.representative, 4)
    mark(make, into, cast.representative, 1)
    mark(make, thread, cast.convenor, 4)  # has not read what stands in the other thread
    mark(make, thread, cast.other_representative, 1)
    mark(make, into, cast.other_representative, 1)
    with make.session() as session:
        session.add(Saved(member_id=cast.convenor.id, post_id=first.id, saved_at=clock.now()))
    make.add(
        Draft(
            member_id=cast.convenor.id,
            place="reply",
            subject_id=first.id,
            fields={"body": "Jo"},
            saved_at=clock.now(),
        )
    )
    client.sign_in(cast.coordinator)
    move(client, thread, [first], into)
    assert mark(make, into, cast.representative) == 4
    assert mark(make, into, cast.convenor) is None
    assert mark(make, into, cast.other_representative) == 2
    reader = client.another().sign_in(cast.other_representative)
    assert "Hur stora är de?" in reader.get("/new").text
    assert "Hos oss går det bra." not in reader.get("/new").text
    keeper = client.another().sign_in(cast.convenor)
    assert "Salarna och datorerna" in keeper.get("/saved").text
    assert "Salarna och datorerna" in keeper.get("/drafts").text
    answered = keeper.get(f"/threads/{into.id}?reply_to={first.id}")
    assert "Jo" in answered.html
    gone = keeper.post(
        f"/threads/{thread.id}/posts", {"reply_to": first.id, "body": "Ett svar som var på väg."}
    )
    assert "Ett svar som var på väg." in gone.html
    assert other.thread_id == thread.id
    assert asks.thread_id == thread.id


@pytest.mark.any_database
def test_those_who_follow_and_the_author_are_told_once(client, cast, make, talk):
    thread, into, (first, asks, *_rest) = talk["from"], talk["into"], talk["posts"]
    follower = client.another().sign_in(cast.convenor)
    follower.post(f"/threads/{thread.id}/followings", {"level": "all"})
    deaf = client.another().sign_in(cast.steering)
    deaf.post(f"/threads/{thread.id}/followings", {"level": "none"})
    deaf.post(f"/threads/{into.id}/followings", {"level": "none"})
    make.add(letter(cast.convenor, thread, first))
    client.sign_in(cast.coordinator)
    move(client, thread, [first], into)
    assert told(make, cast.convenor)[1:] == ["Inlägg har flyttats: Salarna och datorerna"]
    assert len(told(make, cast.representative)) == 1
    assert told(make, cast.steering) == []
    home = follower.get("/").text
    assert "Inlägg har flyttats: Salarna och datorerna" in home
    assert "Nytt inlägg av" in home  # the letter about the post now speaks of its new thread
    assert "Till dig Inlägg har flyttats: Salarna och datorerna Salarna och datorerna" in home
    follower.post(f"/threads/{into.id}/readings", {"whole": "1", "seq": "9"})
    home = follower.get("/").text
    assert "har flyttats" not in home
    assert asks.member_id == cast.steering.id


def letter(member, thread, post):
    return Letter(
        key=f"post:{post.id}:{member.id}",
        member_id=member.id,
        address=member.email,
        subject="Nytt inlägg",
        plain="…",
        html="…",
        language="sv",
        conversation=f"thread-{thread.id}",
        path=f"/posts/{post.id}",
        created_at=clock.now(),
        due_at=clock.now(),
    )


@pytest.mark.any_database
def test_two_coordinators_at_once_move_it_once(client, cast, make, talk):
    thread, (first, *_rest) = talk["from"], talk["posts"]
    another = make.thread(cast.meeting, cast.theme, title="En tredje tråd")
    senders = []
    for number in range(6):
        browser = client.another().sign_in(cast.coordinator)
        into = (talk["into"], another)[number % 2]
        sent = {"posts": [first.id], "into": into.id, "reason": REASON, "scope": "replies"}
        senders.append((browser.raw, sent | {"csrf_token": browser.token()}))
    together = threading.Barrier(len(senders))

    def send(sender):
        browser, sent = sender
        together.wait()
        return browser.post(f"/threads/{thread.id}/post-moves", data=sent).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(send, senders)) == {303}
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(PostMove)) == 3
        assert session.scalar(select(func.count()).select_from(Decision)) == 1
        assert session.scalar(select(func.count()).select_from(Post).where(Post.thread_id == thread.id)) == 1


@pytest.mark.any_database
def test_moving_and_writing_and_withdrawing_at_once_lock_nobody_out(client, cast, make, talk):
    thread, into, (first, *_rest) = talk["from"], talk["into"], talk["posts"]
    coordinator = client.another().sign_in(cast.coordinator)
    author = client.another().sign_in(cast.representative)
    writer = client.another().sign_in(cast.convenor)
    moving = {"posts": [first.id], "into": into.id, "reason": REASON, "scope": "replies"}
    reply = {"reply_to": first.id, "body": "Ett svar.", "submission": "x"}
    requests = [
        (coordinator, f"/threads/{thread.id}/post-moves", moving),
        (author, f"/posts/{first.id}/withdrawals", {}),
        (writer, f"/threads/{thread.id}/posts", reply),
    ]
    ready = [(who.raw, path, sent | {"csrf_token": who.token()}) for who, path, sent in requests]
    together = threading.Barrier(len(ready))

    def send(request):
        browser, path, sent = request
        together.wait()
        return browser.post(path, data=sent).status_code

    with ThreadPoolExecutor(len(ready)) as pool:
        answers = list(pool.map(send, ready))
    assert answers[:2] == [303, 303]
    assert answers[2] in (303, 422)  # the post may have gone before it was answered
    with make.session() as session:
        for number in (thread.id, into.id):
            stands = (Post.thread_id == number, Post.relation == "asks", Post.stands)
            tallied = session.scalar(select(Thread.asks).where(Thread.id == number))
            assert tallied == session.scalar(select(func.count()).select_from(Post).where(*stands))


def test_moving_forty_costs_as_many_statements_as_moving_four(client, cast, make, statements):
    client.sign_in(cast.coordinator)
    counts = []
    for number in (4, 40):
        thread, into = (make.thread(cast.meeting, cast.theme) for _ in range(2))
        first = make.post(thread, cast.representative)
        make.post(thread, cast.steering, "Ett eget.")
        for _ in range(number):
            make.post(thread, make.member(), "Ett svar.", parent=first)
        form = client.get(on(thread, "posts")).form(f"/threads/{thread.id}/post-moves")
        sent = form | {"posts": [first.id], "into": into.id, "reason": REASON}
        with statements() as spoken:
            client.post(f"/threads/{thread.id}/post-moves", sent, follow=False)
        counts.append(len(spoken))
        assert len(places(make, into)) == number + 1
    assert counts[0] == counts[1], counts
    assert counts[0] < 80, counts


def test_pages_keep_their_places_where_posts_have_gone(client, cast, make):
    thread, into = (make.thread(cast.meeting, cast.theme) for _ in range(2))
    posts = [make.post(thread, cast.steering, f"Inlägg nummer {number}.") for number in range(1, 121)]
    client.sign_in(cast.coordinator)
    move(client, thread, posts[10:30], into)
    first = client.get(f"/threads/{thread.id}")
    assert "20 inlägg har flyttats" in first.text
    assert "Inlägg nummer 50." in first.text
    assert "Inlägg nummer 51." not in first.text
    second = client.get(f"/threads/{thread.id}?first=51")
    assert "Inlägg nummer 51." in second.text
    assert "Inlägg nummer 50." not in second.text
    found = client.get(f"/posts/{posts[60].id}", follow=False)
    assert found.location.endswith(f"first=51#p{posts[60].id}")
    move(client, thread, posts[100:], into)
    last = client.get(f"/threads/{thread.id}?first=101")
    assert "20 inlägg har flyttats" in last.text
    assert "Ingen har skrivit här än" not in last.text


def test_the_steering_groups_posts_move_within_its_own_threads(client, cast, make):
    into = make.thread(cast.meeting, cast.theme, title="Styrgruppens andra", audience=Audience.STEERING)
    client.sign_in(cast.coordinator)
    move(client, cast.steering_thread, [cast.steering_post], into)
    assert client.another().sign_in(cast.steering).get(f"/posts/{cast.steering_post.id}").status == 200
    outside = client.another().sign_in(cast.representative)
    assert outside.get(f"/posts/{cast.steering_post.id}").status == 404
    assert "Styrgruppens andra" not in outside.get("/").text
