"""A hidden post leaves its place and a line in it, and its words to nobody but whom it concerns."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.transport import deliver
from kloss_intranet.threads.models import (
    Draft,
    Factor,
    Place,
    Post,
    Reference,
    ReferenceKind,
    Relation,
    Revision,
    Thread,
)
from kloss_intranet.threads.services import hiding, withdrawing
from tests.architecture.test_policy import actor
from tests.threads.hidden import hide, unhide

WORDS = "Det här borde ingen ha skrivit."
EARLIER = "Det här var det första som skrevs."
MARKER = "Inlägget är dolt av koordinatorn sedan"


def counted(make, thread):
    with make.session() as session:
        kept = session.get(Thread, thread.id)
        return kept.similar, kept.opposite


@pytest.mark.any_database
def test_the_place_stays_and_the_words_are_nowhere(client, cast, make):
    mine = make.post(
        cast.thread, cast.representative, WORDS, mandate=cast.mandate, context=WORDS, factor=Factor.HINDERING
    )
    reply = make.post(cast.thread, cast.steering, "Tack för det.", parent=mine)
    reader = client.another().sign_in(cast.convenor)
    reader.post(f"/posts/{mine.id}/savings")
    thread = f"/threads/{cast.thread.id}"
    places = (
        thread,
        f"{thread}?view=sides",
        f"{thread}?aspect=method",
        f"{thread}?institution={cast.institution.slug}",
        f"/themes/{cast.theme.slug}",
        f"/members/{cast.representative.id}",
        f"/members/institutions/{cast.institution.slug}",
        "/new",
        "/saved",
        f"{thread}?reply_to={mine.id}&quote={mine.id}",
        f"{thread}?reply_to={reply.id}",
        f"/meetings/{cast.meeting.slug}",
        "/notices",
        "/",
    )
    shown = [path for path in places if WORDS in reader.get(path).html]
    assert set(shown) >= set(places[:9])
    assert reader.get(f"/posts/{mine.id}/revisions").status == 200

    assert hide(make, mine)
    assert [path for path in places if WORDS in reader.get(path).html] == []
    page = reader.get(thread)
    assert MARKER in page.text
    assert "Agnes Björk" in page.text
    assert f"reply_to={mine.id}" not in page.html
    assert "Inlägget är dolt av koordinatorn." in reader.get("/saved").text
    for path in (f"/posts/{mine.id}/revisions", f"/posts/{mine.id}/attachments"):
        assert reader.get(path).status == 403
    assert reader.get(f"/posts/{mine.id}").status == 200

    assert unhide(make, mine)
    assert [path for path in places if WORDS in reader.get(path).html] == shown
    assert MARKER not in reader.get(thread).text


@pytest.mark.any_database
def test_each_does_it_once_and_no_reply_is_counted_twice(cast, make):
    relation = {"parent": cast.post, "relation": Relation.SIMILAR}
    reply = make.post(cast.thread, cast.steering, "Så är det här med.", **relation)
    with make.session() as session:
        session.get(Thread, cast.thread.id).similar = 1
    assert [hide(make, reply), hide(make, reply)] == [True, False]
    assert counted(make, cast.thread) == (0, 0)
    assert [unhide(make, reply), unhide(make, reply)] == [True, False]
    assert counted(make, cast.thread) == (1, 0)

    def take_back(way):
        with make.session() as session:
            return way(session.get(Post, reply.id), actor(cast, "steering"))

    assert take_back(withdrawing.withdraw)
    assert hide(make, reply)
    assert not take_back(withdrawing.restore)
    assert unhide(make, reply)
    assert counted(make, cast.thread) == (0, 0)
    assert take_back(withdrawing.restore)
    assert counted(make, cast.thread) == (1, 0)
    assert hide(make, reply)
    assert not take_back(withdrawing.withdraw)
    assert counted(make, cast.thread) == (0, 0)


@pytest.mark.any_database
def test_hiding_and_taking_back_at_the_same_moment_count_once(app, cast, make):
    posts = [
        make.post(cast.thread, cast.steering, parent=cast.post, relation=Relation.SIMILAR) for _ in range(4)
    ]
    with make.session() as session:
        session.get(Thread, cast.thread.id).similar = len(posts)
    together = threading.Barrier(2 * len(posts))
    author = actor(cast, "steering")

    def do(post, is_hiding):
        together.wait()
        with make.session() as session:
            row = session.get(Post, post.id)
            return hiding.hide(row) if is_hiding else withdrawing.withdraw(row, author)

    ways = [(post, is_hiding) for post in posts for is_hiding in (True, False)]
    with ThreadPoolExecutor(len(ways)) as pool:
        list(pool.map(do, *zip(*ways, strict=True)))
    assert counted(make, cast.thread) == (0, 0)


def test_the_author_is_told_why_and_changes_nothing(client, cast, make):
    author = client.sign_in(cast.representative)
    coordinator = client.another().sign_in(cast.coordinator)
    other = client.another().sign_in(cast.steering)
    thread, case = f"/threads/{cast.thread.id}", f"/moderation/posts/{cast.post.id}"
    acts = {f"/posts/{cast.post.id}/{act}" for act in ("edit", "withdraw", "attachments")}
    assert acts <= author.get(thread).links
    assert "/moderation/own" not in author.get(thread).links
    assert case in coordinator.get(thread).links
    assert case not in other.get(thread).links

    hide(make, cast.post)
    page = author.get(thread)
    assert not acts & page.links
    assert "/moderation/own" in page.links
    assert "/moderation/own" not in other.get(thread).links
    assert case in coordinator.get(thread).links
    assert author.get(f"/posts/{cast.post.id}/edit").status == 403
    assert author.get(f"/posts/{cast.post.id}/withdraw").status == 403
    for path, sent in (("revisions", {"body": "Annat."}), ("withdrawals", {}), ("restorations", {})):
        assert author.post(f"/posts/{cast.post.id}/{path}", sent).status == 403
    with make.session() as session:
        kept = session.get(Post, cast.post.id)
    assert (kept.body, kept.withdrawn_at, kept.version) == (cast.post.body, None, 1)


def test_the_wordings_are_then_for_the_author_and_the_coordinator(client, cast, make):
    post = make.post(cast.thread, cast.representative, WORDS, mandate=cast.mandate)
    wording = {"body": EARLIER, "body_html": f"<p>{EARLIER}</p>", "policy": post.policy}
    make.add(Revision(post_id=post.id, number=1, written_at=clock.now(), **wording))
    hide(make, post)
    history = f"/posts/{post.id}/revisions"
    for person in (cast.representative, cast.coordinator):
        page = client.another().sign_in(person).get(history)
        assert (WORDS in page.text, EARLIER in page.text) == (True, True)
        assert "bara den som skrev det och koordinatorn" in page.text
    for person, status in ((cast.steering, 403), (cast.other_representative, 403), (cast.guest, 404)):
        page = client.another().sign_in(person).get(history)
        assert (page.status, WORDS in page.html, EARLIER in page.html) == (status, False, False)
    # A coordinator sees no thread's words outside moderation, but what is folded is no hindrance there.
    with make.session() as session:
        session.get(Thread, cast.thread.id).write_first = True
    folded = client.another().sign_in(cast.coordinator)
    assert WORDS not in folded.get(f"/threads/{cast.thread.id}").html
    assert WORDS in folded.get(history).text


@pytest.mark.any_database
def test_letters_that_wait_do_not_carry_it_and_the_home_page_forgets_it(app, client, cast, make):
    author = client.sign_in(cast.steering)
    wanted = f"/threads/{cast.thread.id}?reply_to={cast.post.id}"
    author.post(f"/threads/{cast.thread.id}/posts", {"body": WORDS}, form_on=wanted)
    reader = client.another().sign_in(cast.representative)
    with make.session() as session:
        reply = session.scalars(select(Post).order_by(Post.id.desc())).first()
        assert WORDS in session.scalars(select(Letter.plain)).one()
    line = f"/posts/{reply.id}"
    assert line in reader.get("/").links
    hide(make, reply)
    assert line not in reader.get("/").links
    unhide(make, reply)
    assert line in reader.get("/").links
    hide(make, reply)
    with app.app_context():
        assert deliver(app.config["SETTINGS"], clock.now() + timedelta(hours=1)) == 0
    with make.session() as session:
        assert session.scalars(select(Letter)).all() == []


@pytest.mark.any_database
def test_nothing_is_unread_in_a_thread_whose_new_post_is_hidden(client, cast, make):
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"
    client.post(f"{thread}/readings", {"whole": "1", "seq": "1"})
    post = make.post(cast.thread, cast.steering, WORDS)
    assert WORDS in client.get("/new").text
    assert "at=unread" in client.get(thread).html or "first-unread" in client.get(thread).html
    hide(make, post)
    assert cast.thread.title not in client.get("/new").text
    assert "first-unread" not in client.get(thread).html


def test_what_refers_to_it_and_what_it_refers_to_say_so_no_more(client, cast, make):
    other = make.thread(cast.meeting, cast.theme, title="En annan tråd")
    quoting = make.post(other, cast.steering, WORDS)
    target = {"kind": ReferenceKind.POST, "target_id": cast.post.id, "is_quote": True}
    make.add(Reference(post_id=quoting.id, **target))
    make.add(Reference(post_id=quoting.id, kind=ReferenceKind.THREAD, target_id=cast.thread.id))
    client.sign_in(cast.representative)
    thread = f"/threads/{cast.thread.id}"

    def said():
        page, own = client.get(thread), client.get("/contributions")
        return "Citerat av" in page.text, "Nämns i inlägg" in page.text, "Citerat av" in own.text

    case = client.another().sign_in(cast.coordinator).get(f"/moderation/posts/{cast.post.id}")
    assert f"/moderation/posts/{quoting.id}" in case.links
    assert said() == (True, True, True)
    hide(make, quoting)
    assert said() == (False, False, False)
    unhide(make, quoting)
    assert said() == (True, True, True)


def test_a_reply_begun_to_it_can_be_copied_and_not_sent(client, cast, make):
    client.sign_in(cast.steering)
    thread, begun = f"/threads/{cast.thread.id}", "Det här ville jag svara."
    client.post(f"/posts/{cast.post.id}/drafts", {"body": begun})
    with make.session() as session:
        draft = session.scalars(select(Draft)).one()
    assert draft.place is Place.REPLY
    way = f"/drafts/{draft.id}"
    assert way in client.get("/drafts").links
    hide(make, cast.post)
    page = client.get("/drafts")
    assert way not in page.links
    assert begun in page.html
    assert client.get(way).response.request.path == "/drafts"
    sent = client.post(f"{thread}/posts", {"body": begun, "reply_to": str(cast.post.id)})
    assert sent.status == 422
    assert begun in sent.html
    unhide(make, cast.post)
    assert way in client.get("/drafts").links


def test_a_hidden_file_leaves_a_line_and_its_name_is_gone(client, cast, make):
    file = make.attachment(cast.post, b"Hemligt.\n", "hemlig-lista.txt", alt="Namnen")
    thread, path = f"/threads/{cast.thread.id}", f"/attachments/{file.id}"
    reader = client.sign_in(cast.steering)
    author = client.another().sign_in(cast.representative)
    coordinator = client.another().sign_in(cast.coordinator)
    assert "hemlig-lista.txt" in reader.get(thread).text
    assert [hide(make, file), hide(make, file)] == [True, False]
    page = reader.get(thread)
    assert "En fil är dold av koordinatorn sedan" in page.text
    assert ("hemlig-lista" in page.html, "Namnen" in page.html, path in page.links) == (False, False, False)
    assert cast.post.body in page.text
    assert "hemlig-lista" not in reader.get(f"/posts/{cast.post.id}/attachments").html
    for person, status in ((reader, 404), (author, 200), (coordinator, 200)):
        assert person.get(path).status == person.get(f"{path}/versions/1").status == status
    own = author.get(f"/posts/{cast.post.id}/attachments")
    assert "hemlig-lista.txt" in own.text
    assert "Dold av koordinatorn" in own.text
    for act, sent in (("withdrawals", {}), ("descriptions", {"alt": "Annat"})):
        assert author.post(f"{path}/{act}", sent).status == 403
    assert [unhide(make, file), unhide(make, file)] == [True, False]
    assert "hemlig-lista.txt" in reader.get(thread).text


def test_files_go_and_come_back_with_their_post(client, cast, make):
    path, thread = f"/attachments/{cast.attachment.id}", f"/threads/{cast.thread.id}"
    reader, coordinator = client.sign_in(cast.steering), client.another().sign_in(cast.coordinator)
    assert reader.get(path).status == 200
    hide(make, cast.post)
    assert path not in reader.get(thread).links
    assert reader.get(path).status == 404
    assert coordinator.get(path).status == 200
    assert path not in coordinator.get(thread).links
    unhide(make, cast.post)
    assert path in reader.get(thread).links


def test_what_stands_can_be_reported_and_a_milestone_is_named(client, cast, make):
    with make.session() as session:
        session.get(Post, cast.post.id).milestone = "Här vände det"
    client.sign_in(cast.other_representative)
    thread = f"/threads/{cast.thread.id}"
    ways = {f"/posts/{cast.post.id}/report", f"/attachments/{cast.attachment.id}/report"}
    page = client.get(thread)
    assert ways <= page.links
    assert "Här vände det" in page.text
    hide(make, cast.post)
    page = client.get(thread)
    assert not ways & page.links
    assert "Här vände det" not in page.text
