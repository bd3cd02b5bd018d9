"""Where one writes first, what others write in the present phase is folded until one has written or asks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.threads.models import Post, Saved, Thread, Unfolding

SECRET = "Kvarnhjulet stannade"
EXPERIENCE = {"aspect": "method", "factor": "helping", "body": "Mitt eget."}


@pytest.fixture
def thread(make, cast):
    """A thread where one writes first, with one post of another in the present phase."""
    thread = make.thread(cast.meeting, cast.theme, title="Var och en först", write_first=True)
    make.post(thread, cast.convenor, SECRET)
    return thread


def move(make, meeting, days):
    """Let the meeting begin `days` from now."""
    with make.session() as session:
        row = session.get(Meeting, meeting.id)
        row.starts_at = clock.now() + timedelta(days=days)
        row.ends_at = row.starts_at + timedelta(days=2)


def age(make, thread, days):
    """Let all that is written in the thread be some days old."""
    with make.session() as session:
        for post in session.scalars(select(Post).where(Post.thread_id == thread.id)):
            post.posted_at -= timedelta(days=days)


def only_post(make, thread):
    with make.session() as session:
        return session.scalars(select(Post).where(Post.thread_id == thread.id)).first()


@pytest.mark.any_database
def test_others_posts_come_when_one_has_written(client, cast, thread):
    client.sign_in(cast.representative)
    at = f"/threads/{thread.id}"
    page = client.get(at)
    assert SECRET not in page.html
    assert "1 inlägg visas när du har skrivit ditt eget." in page.text
    assert f"{at}#composer" in page.links
    assert SECRET not in client.get(f"{at}?view=sides").html
    client.post(f"{at}/posts", EXPERIENCE, form_on=at)
    assert SECRET in client.get(at).text
    assert SECRET in client.get(f"{at}?view=sides").text
    assert "visas när du har skrivit" not in client.get(at).text


@pytest.mark.any_database
def test_one_may_choose_to_see_without_writing(client, cast, make, thread):
    client.sign_in(cast.representative)
    at = f"/threads/{thread.id}"
    for _ in range(2):
        page = client.post(f"{at}/unfoldings", {}, form_on=at if SECRET not in client.get(at).html else None)
        assert SECRET in page.text
    other = client.another().sign_in(cast.steering)
    assert SECRET not in other.get(at).html
    with make.session() as session:
        assert len(session.scalars(select(Unfolding)).all()) == 1


def test_only_the_present_phase_is_folded(client, cast, make, thread):
    age(make, thread, 3)
    move(make, cast.meeting, -1)  # the meeting has begun: what was written before it is open
    make.post(thread, cast.convenor, "Skrivet under träffen.")
    client.sign_in(cast.representative)
    at = f"/threads/{thread.id}"
    page = client.get(at)
    assert SECRET in page.text
    assert "Skrivet under träffen." not in page.html
    assert page.text.index("Träffen ägde rum") < page.text.index("1 inlägg visas när")
    make.post(thread, cast.representative, "Mitt under träffen.", mandate=cast.mandate)
    assert "Skrivet under träffen." in client.get(at).text
    age(make, thread, 8)
    move(make, cast.meeting, -9)  # a new phase asks anew
    make.post(thread, cast.convenor, "Skrivet efter träffen.")
    page = client.get(at)
    assert SECRET in page.text
    assert "Skrivet efter träffen." not in page.html


def test_who_may_not_write_reads_all(client, cast, make, thread):
    post_id = only_post(make, thread).id
    with make.session() as session:
        row = session.get(Thread, thread.id)
        row.opened_at, row.closed_at = cast.old_thread.opened_at, clock.now()
        session.get(Post, post_id).posted_at = cast.old_post.posted_at
    client.sign_in(cast.representative)
    assert SECRET in client.get(f"/threads/{thread.id}").text  # the thread is closed
    with make.session() as session:
        session.get(Thread, thread.id).closed_at = None
    assert SECRET not in client.get(f"/threads/{thread.id}").html
    client.sign_in(cast.former)
    assert SECRET in client.get(f"/threads/{thread.id}").text


@pytest.mark.any_database
def test_the_text_shows_nowhere_else(client, cast, make, thread):
    post = only_post(make, thread)
    with make.session() as session:
        session.add(Saved(member_id=cast.representative.id, post_id=post.id, saved_at=clock.now()))
    client.sign_in(cast.representative)
    for path in (
        "/",
        "/new",
        "/saved",
        f"/posts/{post.id}",
        f"/posts/{post.id}/revisions",
        f"/threads/{thread.id}?reply_to={post.id}&quote={post.id}",
        f"/themes/{cast.theme.slug}",
        f"/members/{cast.convenor.id}",
    ):
        assert SECRET not in client.get(path).html, path
    reply = EXPERIENCE | {"reply_to": post.id}
    assert client.post(f"/threads/{thread.id}/posts", reply).status == 422
    client.sign_in(cast.convenor)
    assert SECRET in client.get(f"/threads/{thread.id}").text  # one's own is never folded
    client.sign_in(cast.representative)
    client.post(f"/threads/{thread.id}/unfoldings")
    assert SECRET in client.get(f"/themes/{cast.theme.slug}").text


def test_what_is_folded_is_not_unread(client, cast, make, thread):
    client.sign_in(cast.representative)
    assert thread.title not in client.get("/new").text
    client.post(f"/threads/{thread.id}/unfoldings")
    assert thread.title in client.get("/new").text


def test_the_fold_costs_one_statement_and_nothing_elsewhere(client, cast, make, thread, statements):
    client.sign_in(cast.representative)
    plain = make.thread(cast.meeting, cast.theme)
    spent = {}
    for each in (plain, thread):
        make.post(each, cast.convenor, "Ett till.")
        client.get(f"/threads/{each.id}")
        with statements() as sent:
            client.get(f"/threads/{each.id}")
        spent[each.id] = len(sent)
    assert spent[thread.id] <= spent[plain.id] + 2
