"""A post that is taken back leaves its place and nothing of its words, until it is given back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.transport import deliver
from kloss_intranet.threads.models import Post, Relation, Revision, Thread
from kloss_intranet.threads.services import withdrawing

WORDS = "Vi började i det lilla."
MARKER = "tillbakadraget av den som skrev det"


def withdraw(client, post):
    return client.post(f"/posts/{post.id}/withdrawals", form_on=f"/posts/{post.id}/withdraw")


def restore(client, post, **options):
    return client.post(f"/posts/{post.id}/restorations", **options)


def acts(make):
    with make.session() as session:
        return session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()


@pytest.mark.any_database
def test_the_place_stays_and_the_words_are_nowhere(client, cast, make):
    words = "Det här ångrar jag att jag skrev."
    mine = make.post(cast.thread, cast.representative, words, mandate=cast.mandate)
    make.post(cast.thread, cast.steering, "Ett helt annat inlägg.")
    reply = make.post(cast.thread, cast.steering, "Tack för det.", parent=mine)
    client.sign_in(cast.representative)
    reader = client.another().sign_in(cast.steering)
    reader.post(f"/posts/{mine.id}/savings")
    asked = client.get(f"/posts/{mine.id}/withdraw")
    assert "ångra dig i 30 dagar" in asked.text
    assert MARKER in withdraw(client, mine).text
    assert "post.withdraw" in acts(make)

    thread = f"/threads/{cast.thread.id}"
    shown = reader.get(thread)
    assert MARKER in shown.text
    assert "Agnes Björk" in shown.text
    assert f"reply_to={mine.id}" not in shown.html
    for path in (
        thread,
        f"{thread}?view=sides",
        f"{thread}?reply_to={reply.id}",
        f"{thread}?reply_to={mine.id}&quote={mine.id}",
        f"/themes/{cast.theme.slug}",
        f"/members/{cast.representative.id}",
        f"/members/institutions/{cast.institution.slug}",
        f"/meetings/{cast.meeting.slug}",
        "/new",
        "/saved",
        "/notices",
        "/",
    ):
        page = reader.get(path)
        assert page.status == 200, path
        assert words not in page.html, path


@pytest.mark.any_database
def test_it_can_be_undone_for_thirty_days(client, cast, make, monkeypatch):
    client.sign_in(cast.representative)
    withdraw(client, cast.post)
    page = client.get(f"/threads/{cast.thread.id}")
    again = f"/posts/{cast.post.id}/restorations"
    assert "Ångra tillbakadragandet" in page.text
    assert f"/posts/{cast.post.id}/edit" not in page.links
    page = restore(client, cast.post)
    assert WORDS in page.text
    assert MARKER not in page.text
    assert [act for act in acts(make) if act.startswith("post.")] == ["post.withdraw", "post.restore"]
    with make.session() as session:
        kept = session.get(Post, cast.post.id)
    assert (kept.seq, kept.posted_at, kept.version) == (cast.post.seq, cast.post.posted_at, 1)

    withdraw(client, cast.post)
    with make.session() as session:
        late = clock.now() - withdrawing.UNDO - timedelta(minutes=1)
        session.execute(update(Post).where(Post.id == cast.post.id).values(withdrawn_at=late))
        session.execute(update(Thread).values(changes=Thread.changes + 1))
    page = client.get(f"/threads/{cast.thread.id}")
    assert again not in page.html
    refused = restore(client, cast.post)
    assert refused.status == 409
    assert "kan ångras i 30 dagar" in refused.text
    assert WORDS not in client.get(f"/threads/{cast.thread.id}").html


@pytest.mark.any_database
def test_twice_is_once(client, cast, make):
    reply = make.post(
        cast.thread,
        cast.representative,
        "Så är det här med.",
        parent=cast.post,
        relation=Relation.SIMILAR,
        mandate=cast.mandate,
    )
    with make.session() as session:
        session.get(Thread, cast.thread.id).similar = 1

    def counted():
        with make.session() as session:
            return session.get(Thread, cast.thread.id).similar

    client.sign_in(cast.representative)
    path = f"/posts/{reply.id}/withdrawals"
    for _ in range(2):
        assert client.post(path).status == 200
    assert counted() == 0
    for _ in range(2):
        assert restore(client, reply).status == 200
    assert counted() == 1
    assert acts(make).count("post.withdraw") == acts(make).count("post.restore") == 1


def test_only_the_writer_withdraws(client, cast, make):
    for person, status in ((cast.coordinator, 403), (cast.guest, 404), (cast.former, 404)):
        other = client.another().sign_in(person)
        for path in ("withdrawals", "restorations"):
            assert other.post(f"/posts/{cast.post.id}/{path}").status == status
        assert other.get(f"/posts/{cast.post.id}/withdraw").status == status
    assert (
        f"/posts/{cast.post.id}/withdraw"
        not in client.another().sign_in(cast.steering).get(f"/threads/{cast.thread.id}").links
    )
    with make.session() as session:
        session.get(Thread, cast.thread.id).closed_at = clock.now()
    client.sign_in(cast.representative)
    assert f"/posts/{cast.post.id}/withdraw" in client.get(f"/threads/{cast.thread.id}").links
    assert MARKER in withdraw(client, cast.post).text


def test_the_history_is_then_for_the_writer_alone(client, cast, make):
    client.sign_in(cast.representative)
    client.post(f"/posts/{cast.post.id}/revisions", {"body": "Annat."}, form_on=f"/posts/{cast.post.id}/edit")
    history = f"/posts/{cast.post.id}/revisions"
    other = client.another().sign_in(cast.coordinator)
    assert WORDS in other.get(history).text
    withdraw(client, cast.post)
    assert other.get(history).status == 403
    mine = client.get(history)
    assert "bara du ser det här" in mine.text
    assert WORDS in mine.text
    assert client.get(f"/posts/{cast.post.id}/edit").status == 403
    with make.session() as session:
        assert session.scalars(select(Revision.body)).all() == [WORDS]


@pytest.mark.any_database
def test_letters_that_wait_do_not_carry_it(app, client, cast, make):
    author = client.sign_in(cast.other_representative)
    wanted = f"/threads/{cast.thread.id}?reply_to={cast.post.id}"
    author.post(f"/threads/{cast.thread.id}/posts", {"body": "Ett hemligt svar."}, form_on=wanted)
    with make.session() as session:
        reply = session.scalars(select(Post).order_by(Post.id.desc())).first()
        assert "Ett hemligt svar." in session.scalars(select(Letter.plain)).one()
    author.post(f"/posts/{reply.id}/withdrawals")
    with app.app_context():
        assert deliver(app.config["SETTINGS"], clock.now() + timedelta(hours=1)) == 0
    with make.session() as session:
        assert session.scalars(select(Letter)).all() == []
