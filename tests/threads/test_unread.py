"""Unread is exact: whatever is written, read, marked and withdrawn, in whatever order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.core.policy import Actor
from kloss_intranet.meetings.models import Phase
from kloss_intranet.threads import queries
from kloss_intranet.threads.models import Post, Reading, Thread, Unfolding
from kloss_intranet.threads.services import reading

LONG = queries.PAGE * 3 + 20
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(["me", "other"]), st.integers(1, queries.PAGE)),
    st.tuples(st.just("read"), st.integers(1, LONG), st.integers(0, queries.PAGE + 5)),
    st.tuples(st.just("read all"), st.integers(0, LONG)),
    st.tuples(st.just("mark unread"), st.integers(1, LONG)),
    st.tuples(st.just("withdraw"), st.integers(1, LONG)),
    st.tuples(st.just("restore"), st.integers(1, LONG)),
)


class Model:
    """What a careful reader with pen and paper would say."""

    def __init__(self):
        self.posts, self.mark = [], 0

    def unread(self):
        return [
            seq
            for seq, post in enumerate(self.posts, 1)
            if seq > self.mark and post["by"] != "me" and not post["withdrawn"]
        ]

    def take(self, step):
        act, *given = step
        if act == "write":
            by, number = given
            self.posts += [{"by": by, "withdrawn": False} for _ in range(number)]
        elif act == "read":
            first, number = given
            waiting = self.unread()
            if not waiting or waiting[0] >= first:
                self.reach(min(first + number - 1, first + queries.PAGE - 1))
        elif act == "read all":
            self.reach(given[0])
        elif act == "mark unread":
            self.mark = min(self.mark, given[0] - 1)
        elif given[0] <= len(self.posts):
            self.posts[given[0] - 1]["withdrawn"] = act == "withdraw"

    def reach(self, seq):
        self.mark = max(self.mark, min(seq, len(self.posts)))


@pytest.fixture
def table(app, make, cast):
    """A thread of their own for `me` and `other`, and a session that is never committed."""
    thread = make.thread(cast.meeting, cast.theme)
    with app.app_context():
        yield {
            "thread": db.session.get(Thread, thread.id),
            "me": cast.representative,
            "other": cast.other_representative,
            "reader": as_actor(cast.representative),
        }
        db.session.rollback()


def as_actor(member, **more):
    row = {
        "token": "",
        "session_id": 0,
        "member_id": member.id,
        "name": member.name,
        "title": None,
        "language": "sv",
        "mandate_id": 1,
        "institution_id": None,
        "roles": frozenset(),
        "hosted": frozenset(),
        "invited": frozenset(),
        "reads_until": None,
    }
    return Actor(**row | more)


def rows_of(thread, member, first, number, **more):
    return [
        {
            "thread_id": thread.id,
            "seq": seq,
            "root_seq": seq,
            "kind": "experience",
            "aspect": "method",
            "body": "x",
            "body_html": "<p>x</p>",
            "policy": 1,
            "as_guest": False,
            "version": 1,
            "posted_at": clock.now(),
            "member_id": member.id,
            "signed_name": member.name,
        }
        | more
        for seq in range(first, first + number)
    ]


def perform(table, step):
    """The same step in the database."""
    thread, reader = table["thread"], table["reader"]
    act, *given = step
    if act == "write":
        by, number = given
        db.session.execute(Post.__table__.insert(), rows_of(thread, table[by], thread.last_seq + 1, number))
        thread.last_seq += number
    elif act == "read":
        reading.mark_read(thread, reader, given[0], given[0] + given[1] - 1)
    elif act == "read all":
        reading.mark_all_read(thread, reader, given[0])
    elif act == "mark unread":
        reading.mark_unread(thread, reader, given[0])
    else:
        at = clock.now() if act == "withdraw" else None
        db.session.execute(
            update(Post).where(Post.thread_id == thread.id, Post.seq == given[0]).values(withdrawn_at=at)
        )
    db.session.flush()


def told(table):
    """The count and the first, as lists and pages tell them."""
    (listed,) = queries.thread_list(table["reader"], Thread.id == table["thread"].id)
    return listed.unread, queries.standing(table["thread"], table["reader"]).next


def clear(table):
    db.session.execute(delete(Post).where(Post.thread_id == table["thread"].id))
    db.session.execute(delete(Reading).where(Reading.thread_id == table["thread"].id))
    db.session.expire_all()
    table["thread"].last_seq = 0
    db.session.flush()


def follow(table, steps):
    model = Model()
    clear(table)
    for step in steps:
        model.take(step)
        perform(table, step)
        waiting = model.unread()
        assert told(table) == (min(len(waiting), queries.MOST), waiting[0] if waiting else None), step


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_unread_is_what_a_careful_reader_says(table, steps):
    follow(table, steps)


@pytest.mark.any_database
def test_the_databases_count_alike(table):
    follow(
        table,
        [
            ("write", "other", 50),
            ("write", "me", 3),
            ("write", "other", 50),
            ("read", 51, 50),
            ("read", 1, 50),
            ("withdraw", 54),
            ("read", 51, 50),
            ("mark unread", 20),
            ("restore", 54),
            ("write", "other", 40),
            ("read all", 103),
        ],
    )


def test_one_may_read_a_page_out_of_turn_without_losing_the_one_before(table):
    perform(table, ("write", "other", 120))
    reading.mark_read(table["thread"], table["reader"], 101, 120)
    assert told(table) == (100, 1)
    reading.mark_read(table["thread"], table["reader"], 1, 50)
    assert told(table) == (70, 51)
    reading.mark_read(table["thread"], table["reader"], 51, 120)
    assert told(table) == (20, 101), "a page is fifty posts, whatever the form says"


@pytest.mark.any_database
def test_what_is_folded_is_neither_unread_nor_read(table):
    perform(table, ("write", "other", 3))
    table["thread"].write_first = True
    db.session.flush()
    assert told(table) == (0, None)
    reading.mark_read(table["thread"], table["reader"], 1, 3)
    reading.mark_all_read(table["thread"], table["reader"], 3)
    db.session.flush()
    db.session.add(
        Unfolding(member_id=table["me"].id, thread_id=table["thread"].id, phase=Phase.BEFORE),
    )
    db.session.flush()
    assert told(table) == (3, 1)


def test_what_one_may_not_see_is_not_counted(table, cast):
    thread = table["thread"]
    perform(table, ("write", "other", 2))
    before = as_actor(cast.former, mandate_id=None, reads_until=clock.now() - timedelta(hours=1))
    db.session.execute(Post.__table__.insert(), rows_of(thread, table["other"], 3, 1))
    db.session.execute(
        update(Post)
        .where(Post.thread_id == thread.id, Post.seq == 1)
        .values(posted_at=clock.now() - timedelta(hours=2))
    )
    thread.last_seq = 3
    db.session.flush()
    (listed,) = queries.thread_list(before, Thread.id == thread.id)
    assert listed.unread == 1
    outside = as_actor(cast.guest, mandate_id=None)
    assert queries.thread_list(outside, Thread.id == thread.id) == []
    assert queries.unread_threads(outside) == []


def test_counting_stops_at_a_hundred(client, table, cast):
    perform(table, ("write", "other", 130))
    db.session.commit()
    client.sign_in(cast.representative)
    assert "100+ olästa" in client.get(f"/meetings/{cast.meeting.slug}").text
    perform(table, ("read all", 127))
    db.session.commit()
    assert "3 olästa" in client.get(f"/meetings/{cast.meeting.slug}").text


def marks(make, member, thread):
    with make.session() as session:
        mark = session.get(Reading, (member.id, thread.id))
        return mark.seq if mark else 0


def test_only_the_page_that_was_shown_moves_the_mark(client, make, cast):
    for _ in range(60):
        make.post(cast.thread, cast.steering)
    thread, page = f"/threads/{cast.thread.id}", f"/threads/{cast.thread.id}/readings"
    client.sign_in(cast.representative)
    narrowed = client.get(f"{thread}?aspect=method")
    with pytest.raises(KeyError):
        narrowed.form(page)
    assert "olästa inlägg på en tidigare sida" in client.get(f"{thread}?first=51").text
    form = client.get(thread).form(page)
    assert (form["first"], form["seq"]) == ("1", "50")
    token = {"csrf_token": form["csrf_token"]}
    client.post(page, token | {"first": "51", "seq": "61"})
    assert marks(make, cast.representative, cast.thread) == 0
    client.post(page, form)
    assert marks(make, cast.representative, cast.thread) == 50
    client.post(page, token | {"first": "51", "seq": "9999"})
    assert marks(make, cast.representative, cast.thread) == 61


def test_a_refused_page_marks_nothing(client, make, cast):
    make.post(cast.thread, cast.steering)
    thread = f"/threads/{cast.thread.id}"
    client.sign_in(cast.other_representative)
    refused = client.post(f"{thread}/posts", {"body": ""}, form_on=thread)
    assert refused.status == 422
    with pytest.raises(KeyError):
        refused.form(f"{thread}/readings")
    filled = client.get(thread).form(f"{thread}/readings")
    other = client.another().sign_in(cast.coordinator)
    assert other.post(f"{thread}/readings", filled).status == 403, "the form of another account"
    for account in (cast.other_representative, cast.coordinator):
        assert marks(make, account, cast.thread) == 0
    assert client.post(f"/threads/{cast.steering_thread.id}/readings", {"first": 1, "seq": 1}).status == 404
    assert marks(make, cast.other_representative, cast.steering_thread) == 0


def test_the_whole_thread_is_read_up_to_what_there_was(client, make, cast):
    for _ in range(70):
        make.post(cast.thread, cast.steering)
    client.sign_in(cast.representative)
    page = client.get(f"/threads/{cast.thread.id}?first=51")
    assert "olästa inlägg på en tidigare sida" in page.text
    filled = page.form(f"/threads/{cast.thread.id}/readings")
    make.post(cast.thread, cast.steering, "Kom medan sidan lästes.")
    done = client.post(f"/threads/{cast.thread.id}/readings", filled)
    assert "Hela tråden är märkt som läst." in done.text
    assert marks(make, cast.representative, cast.thread) == 71
    assert "1 oläst" in client.get(f"/meetings/{cast.meeting.slug}").text


def test_a_post_is_marked_unread_from_where_one_says(client, make, cast):
    second = make.post(cast.thread, cast.steering, "Den andra.")
    make.post(cast.thread, cast.steering, "Den tredje.")
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    client.post(f"{thread}/readings", {}, form_on=thread)
    assert "first-unread" not in client.get(thread).html
    done = client.post(f"/posts/{second.id}/unread")
    assert done.path == "/new"
    assert "Tråden är oläst från och med det inlägget." in done.text
    assert "2 olästa" in done.text
    assert client.post(f"/posts/{cast.steering_post.id}/unread").status == 404


def test_a_guest_comes_back_to_the_meeting(client, make, cast):
    shared = make.thread(cast.meeting, cast.theme, for_guests=True)
    post = make.post(shared, cast.steering)
    client.sign_in(cast.guest)
    client.post(f"/threads/{shared.id}/readings", {}, form_on=f"/threads/{shared.id}")
    done = client.post(f"/posts/{post.id}/unread")
    assert done.path == f"/meetings/{cast.meeting.slug}"
    assert "1 oläst" in done.text
