"""A thread is read in order around its meeting, by those who may, at a constant cost."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.threads import queries
from kloss_intranet.threads.views.articles import by_conversation


def test_the_meeting_divides_the_time_line(client, cast, make):
    make.post(cast.old_thread, cast.representative, "Efteråt ser jag annat.", mandate=cast.mandate)
    client.sign_in(cast.representative)
    words = client.get(f"/threads/{cast.old_thread.id}").text
    assert (
        words.index(cast.old_post.body)
        < words.index("Träffen ägde rum")
        < words.index("Efteråt ser jag annat.")
    )


def test_replies_stand_under_what_they_answer_on_the_same_side(app, cast, make):
    second = make.post(cast.thread, cast.steering, "En annan erfarenhet.")
    reply = make.post(cast.thread, cast.other_representative, "Svar på den första.", parent=cast.post)
    late = make.post(
        cast.thread,
        cast.steering,
        "Svar efteråt.",
        parent=cast.post,
        posted_at=cast.meeting.ends_at + timedelta(1),
    )
    with app.app_context():
        rows = by_conversation(queries.posts_from(cast.thread.id, 1), cast.meeting)
    assert [row.id for row in rows] == [cast.post.id, reply.id, second.id, late.id]


@pytest.mark.any_database
def test_the_steering_thread_is_not_there_for_others(client, cast):
    client.sign_in(cast.representative)
    assert client.get(f"/threads/{cast.steering_thread.id}").status == 404
    assert client.get(f"/posts/{cast.steering_post.id}").status == 404
    assert cast.steering_thread.title not in client.get(f"/meetings/{cast.meeting.slug}").html
    assert cast.steering_thread.title not in client.get("/").html
    client.another()
    steering = client.another().sign_in(cast.steering)
    assert steering.get(f"/threads/{cast.steering_thread.id}").status == 200
    assert cast.steering_thread.title in steering.get(f"/meetings/{cast.meeting.slug}").html


def test_a_former_member_reads_what_was_there(client, cast, make):
    make.post(cast.old_thread, cast.representative, "Skrivet långt senare.", mandate=cast.mandate)
    client.sign_in(cast.former)
    page = client.get(f"/threads/{cast.old_thread.id}")
    assert cast.old_post.body in page.text
    assert "Skrivet långt senare." not in page.text
    assert "Dela en erfarenhet" not in page.text
    assert client.get(f"/threads/{cast.thread.id}").status == 404


def test_reading_is_noted_only_by_a_post(client, cast):
    client.sign_in(cast.steering)
    thread = f"/threads/{cast.thread.id}"
    assert "Nytt sedan du var här" in client.get(thread).text
    assert "Nytt sedan du var här" in client.get(thread).text
    client.post(f"{thread}/readings", {}, form_on=thread)
    assert "first-unread" not in client.get(thread).html


def test_the_pages_of_a_long_thread(client, make, cast):
    for number in range(2, 121):
        make.post(cast.thread, cast.steering, f"Nr{number:03}.")
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"

    def numbers(page):
        return [word for word in page.text.split() if word.startswith("Nr")]

    first = client.get(thread)
    assert "Inlägg 1–50 av 120" in first.text
    assert {f"{thread}?first=51", f"{thread}?first=101"} <= first.links
    middle = client.get(f"{thread}?first=77")
    assert "Inlägg 51–100 av 120" in middle.text
    assert numbers(middle) == [f"Nr{number:03}." for number in range(51, 101)]
    last = client.get(f"{thread}?first=101")
    assert "Inlägg 101–120 av 120" in last.text
    assert {thread, f"{thread}?first=51"} <= last.links
    assert "Sista sidan" not in last.text
    assert "Inlägg 101–120 av 120" in client.get(f"{thread}?first=9999").text


def test_the_meeting_stands_once_however_the_pages_fall(client, make, cast):
    """Also when the last post before it is the last of a page."""
    held = make.meeting(starts_at=clock.now() - timedelta(days=5))
    for before in (49, 50, 51):
        thread = make.thread(held, cast.theme)
        for number in range(70):
            at = held.starts_at + timedelta(minutes=number - before)
            make.post(thread, cast.steering, posted_at=at)
        client.sign_in(cast.representative)
        pages = [client.get(f"/threads/{thread.id}"), client.get(f"/threads/{thread.id}?first=51")]
        assert sum(page.text.count("Träffen ägde rum") for page in pages) == 1, before
        there = client.get(f"/threads/{thread.id}?at=meeting", follow=False).location
        assert there.endswith("#meeting")
        assert 'id="meeting"' in client.get(there.partition("#")[0]).html, before


def test_jumps_lead_to_the_page_where_it_stands(client, make, cast):
    for _ in range(110):
        make.post(cast.thread, cast.steering)
    final = make.post(cast.thread, cast.steering, "Det sista.")
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"

    def jump(where):
        return client.get(f"{thread}?at={where}", follow=False).location

    assert jump("unread") == f"{thread}#first-unread"
    assert jump("last") == f"{thread}?first=101#p{final.id}"
    assert jump("nonsens") == jump("last")
    client.post(f"{thread}/readings", {}, form_on=thread)
    assert jump("unread") == f"{thread}?first=51#first-unread"
    assert 'id="first-unread"' in client.get(f"{thread}?first=51").html
    page = client.get(thread)
    assert {f"{thread}?at={where}" for where in ("unread", "meeting", "last")} <= page.links
    client.post(f"{thread}/readings", {"whole": "1", "seq": "112"})
    assert jump("unread") == jump("last")
    assert f"{thread}?at=unread" not in client.get(thread).links
    assert not [link for link in client.get(f"/threads/{cast.old_thread.id}").links if "at=last" in link]
    assert client.get(f"/threads/{cast.steering_thread.id}?at=last").status == 404


@pytest.mark.any_database
def test_a_list_counts_for_a_former_member_what_they_read(client, make, cast):
    make.post(cast.old_thread, cast.steering, "Skrivet efteråt.")
    at = f"/meetings/{cast.old_meeting.slug}"
    assert "1 inlägg" in client.sign_in(cast.former).get(at).text
    assert "2 inlägg" in client.another().sign_in(cast.representative).get(at).text


def test_a_former_member_jumps_no_further_than_they_read(client, make, cast):
    for _ in range(60):
        make.post(cast.old_thread, cast.representative, mandate=cast.mandate)
    client.sign_in(cast.former)
    there = client.get(f"/threads/{cast.old_thread.id}?at=last", follow=False).location
    assert there == f"/threads/{cast.old_thread.id}#p{cast.old_post.id}"
    assert "av 61" not in client.get(f"/threads/{cast.old_thread.id}").text


BUDGET = {
    "thread": 7,
    "sides": 5,
    "home": 11,
    "theme": 7,
    "meeting": 16,
    "meetings": 6,
    "members": 5,
    "question": 18,
}


@pytest.mark.any_database
@pytest.mark.parametrize("name", list(BUDGET))
def test_a_page_costs_the_same_however_much_there_is(name, client, cast, make, statements):
    paths = {
        "thread": f"/threads/{cast.thread.id}",
        "sides": f"/threads/{cast.thread.id}?view=sides",
        "home": "/",
        "theme": f"/themes/{cast.theme.slug}",
        "meeting": f"/meetings/{cast.meeting.slug}",
        "meetings": "/meetings/",
        "members": "/members/",
        "question": f"/questions/{cast.question.id}",
    }
    client.sign_in(cast.representative)
    client.get(paths[name])
    with statements() as few:
        client.get(paths[name])
    for _ in range(12):
        member = make.member()
        mandate = make.mandate(member)
        post = make.post(cast.thread, member, mandate=mandate)
        make.post(cast.thread, cast.steering, "Ett svar.", parent=post)
        make.thread(cast.meeting, cast.theme, question_id=cast.question.id)
        make.meeting(hosts=(cast.institution,))
        make.agenda_item(cast.meeting)
    client.get(paths[name])  # what is kept of the page is drawn anew once
    with statements() as many:
        client.get(paths[name])
    spoken = [line for line in many if not line.startswith(("BEGIN", "PRAGMA"))]
    assert len(many) <= len(few), many
    assert len(spoken) <= BUDGET[name], spoken
