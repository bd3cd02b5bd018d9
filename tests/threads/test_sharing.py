"""An experience is shared, answered and told of, in one transaction and once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.mail.models import Letter
from kloss_intranet.threads.models import Post
from kloss_intranet.threads.services import publishing

EXPERIENCE = {
    "aspect": "incentive",
    "factor": "hindering",
    "context": "Litet lärosäte",
    "body": "Vi prövade samtal.",
}


def number_of(make, table):
    with make.session() as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.mark.any_database
def test_an_experience_stands_before_the_meeting(client, cast, make):
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    page = client.post(f"{thread}/posts", EXPERIENCE, form_on=thread)
    assert page.status == 200
    assert "Vi prövade samtal." in page.text
    with make.session() as session:
        post = session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()
        assert (post.aspect, post.factor, post.institution_id) == (
            "incentive",
            "hindering",
            cast.institution.id,
        )
        assert cast.meeting.phase_at(post.posted_at) == "before"
        acts = session.scalars(select(AuditEntry.act)).all()
    assert "post.publish" in acts
    sides = client.get(f"{thread}?view=sides")
    assert "Inget inlägg efter träffen" in sides.text


@pytest.mark.any_database
def test_a_reply_tells_the_author_in_the_same_transaction(client, cast, make, monkeypatch):
    client.sign_in(cast.other_representative)
    wanted = f"/threads/{cast.thread.id}?reply_to={cast.post.id}"
    to = f"/threads/{cast.thread.id}/posts"
    posts, letters = number_of(make, Post), number_of(make, Letter)
    with monkeypatch.context() as patched:
        patched.setattr("kloss_intranet.threads.notifications.enqueue_all", fails)
        client.app.testing = False
        client.app.config["PROPAGATE_EXCEPTIONS"] = False
        assert client.post(to, {"body": "Här är det tvärtom."}, form_on=wanted).status == 500
    assert (number_of(make, Post), number_of(make, Letter)) == (posts, letters)
    client.post(to, {"body": "Här är det tvärtom.", "relation": "opposite"}, form_on=wanted)
    with make.session() as session:
        letter = session.scalars(select(Letter)).one()
        reply = session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()
    assert letter.member_id == cast.representative.id
    assert "Här är det tvärtom." in letter.plain
    assert (reply.relation, reply.parent_id, reply.root_seq) == ("opposite", cast.post.id, cast.post.root_seq)


def fails(*arguments, **options):
    raise RuntimeError("the outbox is out of order")


def test_nobody_is_told_of_their_own_reply(client, cast, make):
    client.sign_in(cast.representative)
    wanted = f"/threads/{cast.thread.id}?reply_to={cast.post.id}"
    client.post(f"/threads/{cast.thread.id}/posts", {"body": "Ett tillägg."}, form_on=wanted)
    assert number_of(make, Letter) == 0


@pytest.mark.any_database
def test_one_form_sent_twice_makes_one_post(client, cast, make):
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    filled = client.get(thread).form(f"{thread}/posts") | EXPERIENCE
    before = number_of(make, Post)
    for _ in range(3):
        assert client.post(f"{thread}/posts", filled).status == 200
    assert number_of(make, Post) == before + 1


def test_errors_name_the_field_and_keep_the_text(client, cast, make):
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    before = number_of(make, Post)
    page = client.post(f"{thread}/posts", {"body": "En text att behålla"}, form_on=thread)
    assert page.status == 422
    assert "Välj om erfarenheten handlar om" in page.text
    assert "En text att behålla" in page.html
    long = client.post(f"{thread}/posts", EXPERIENCE | {"body": "å" * 100_000}, form_on=thread)
    assert long.status == 422
    assert str(publishing.LONGEST_POST) in long.text
    assert number_of(make, Post) == before


def test_a_preview_stores_nothing(client, cast, make):
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    before = number_of(make, Post)
    page = client.post(f"{thread}/posts", EXPERIENCE | {"preview": "1"}, form_on=thread)
    assert "Inget är publicerat än" in page.text
    assert number_of(make, Post) == before


def test_a_reply_to_a_post_elsewhere_is_refused(client, cast, make):
    client.sign_in(cast.representative)
    before = number_of(make, Post)
    sent = {"body": "Svar", "reply_to": cast.steering_post.id}
    assert client.post(f"/threads/{cast.thread.id}/posts", sent).status == 422
    assert number_of(make, Post) == before


@pytest.mark.any_database
def test_one_form_sent_twenty_times_at_once_makes_one_post(client, cast, make):
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    filled = client.get(thread).form(f"{thread}/posts") | EXPERIENCE
    before = number_of(make, Post)
    cookie = client.raw.get_cookie("kloss")
    senders = [client.app.test_client() for _ in range(20)]
    together = threading.Barrier(len(senders))

    def send(sender):
        sender.set_cookie("kloss", cookie.value)
        together.wait()
        return sender.post(f"{thread}/posts", data=filled).status_code

    # On PostgreSQL they really meet; on SQLite they queue for the file.
    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(send, senders)) == {303}
    assert number_of(make, Post) == before + 1


def test_a_text_can_be_previewed_before_its_aspect_is_chosen(client, cast, make):
    client.sign_in(cast.representative)
    page, posts = f"/threads/{cast.thread.id}", number_of(make, Post)
    seen = client.post(f"{page}/posts", {"body": "- ett\n- två", "preview": "1"}, form_on=page)
    assert seen.status == 200
    assert "<li>två</li>" in seen.html
    assert "Rätta till" not in seen.text
    assert client.post(f"{page}/posts", {"body": "", "preview": "1"}, form_on=page).status == 422
    assert number_of(make, Post) == posts
