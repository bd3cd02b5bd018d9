"""A post is changed openly: its place and its side stay, and what it said is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.threads.models import Aspect, Reference, Relation, Thread
from kloss_intranet.threads.queries import revisions
from kloss_intranet.threads.services import editing
from tests.threads.wordings import NEW, OLD, acts, change, kept, stored


@pytest.mark.any_database
def test_the_old_wording_is_kept_and_shown_to_all(client, cast, make):
    client.sign_in(cast.representative)
    page = change(client, cast.post, body=NEW, aspect="driver", context="Litet lärosäte")
    assert page.status == 200
    assert "Ändringen är sparad." in page.html
    assert NEW in page.text
    after = stored(make, cast.post)
    (old,) = kept(make, cast.post)
    assert (after.body, after.aspect, after.version) == (NEW, Aspect.DRIVER, 2)
    assert after.edited_at is not None
    assert (old.number, old.body, old.aspect, old.context) == (1, OLD, Aspect.METHOD, None)
    assert old.written_at == cast.post.posted_at
    assert "post.revise" in acts(make)

    other = client.another().sign_in(cast.steering)
    for path in (
        f"/threads/{cast.thread.id}",
        f"/threads/{cast.thread.id}?view=sides",
        f"/themes/{cast.theme.slug}",
    ):
        assert f"/posts/{cast.post.id}/revisions" in other.get(path).links
    history = other.get(f"/posts/{cast.post.id}/revisions")
    assert history.text.index("Nu Agnes Björk") < history.text.index("Som det publicerades Agnes Björk")
    assert [part.text for part in history.root.all("del")] == ["[struket: lilla. ]"]
    assert [part.text for part in history.root.all("ins")] == ["[tillagt: stora. ]"]
    assert "från «Metod» till «Drivkraft»" in history.text
    assert "från «inget» till «Litet lärosäte»" in history.text


@pytest.mark.any_database
def test_five_minutes_are_quiet(client, cast, make):
    fresh = make.post(cast.thread, cast.representative, OLD, mandate=cast.mandate)
    client.sign_in(cast.representative)
    page = change(client, fresh, body=NEW)
    after = stored(make, fresh)
    assert (after.body, after.version, after.edited_at) == (NEW, 2, None)
    assert kept(make, fresh) == []
    assert f"/posts/{fresh.id}/revisions" not in page.links


def test_the_quiet_minutes_end(app, cast, make):
    post = make.post(cast.thread, cast.representative, posted_at=cast.meeting.ends_at - timedelta(minutes=2))
    with app.app_context():
        whole = revisions.whole_post(post.id)
        for minutes, is_quiet in ((1, True), (2, False), (4, False), (6, False)):
            assert editing.in_quiet(whole, post.posted_at + timedelta(minutes=minutes)) is is_quiet
        old = revisions.whole_post(cast.old_post.id)
        assert editing.in_quiet(old, old.posted_at + timedelta(minutes=4, seconds=59))
        assert not editing.in_quiet(old, old.posted_at + editing.QUIET)


@pytest.mark.any_database
def test_an_edit_after_the_meeting_says_so_and_keeps_its_side(client, cast, make):
    mine = make.post(
        cast.old_thread, cast.representative, mandate=cast.mandate, posted_at=cast.old_post.posted_at
    )
    client.sign_in(cast.representative)
    page = change(client, mine, body=NEW)
    assert "Ändrat efter träffen" in page.text
    after = stored(make, mine)
    assert (after.seq, after.posted_at, after.signed_name) == (mine.seq, mine.posted_at, mine.signed_name)
    assert page.text.index(NEW) < page.text.index("Träffen ägde rum")
    assert "efter träffen" in client.get(f"/posts/{mine.id}/revisions").text


@pytest.mark.any_database
def test_an_edit_that_changes_nothing_writes_nothing(client, cast, make):
    client.sign_in(cast.representative)
    before, audited = stored(make, cast.post), len(acts(make))
    assert "Inget var ändrat." in change(client, cast.post).html
    after = stored(make, cast.post)
    assert (after.version, after.edited_at) == (before.version, None)
    assert (kept(make, cast.post), len(acts(make))) == ([], audited)


@pytest.mark.any_database
def test_the_small_map_follows_the_relation(client, cast, make):
    reply = make.post(
        cast.thread,
        cast.representative,
        "Så är det här med.",
        parent=cast.post,
        relation=Relation.SIMILAR,
        mandate=cast.mandate,
        posted_at=clock.now() - timedelta(hours=1),
    )
    with make.session() as session:
        session.get(Thread, cast.thread.id).similar = 1
    client.sign_in(cast.representative)
    change(client, reply, relation="opposite")
    with make.session() as session:
        thread = session.get(Thread, cast.thread.id)
        assert (thread.similar, thread.opposite) == (0, 1)
    history = client.get(f"/posts/{reply.id}/revisions")
    assert "från «Liknande erfarenhet» till «Motsatt erfarenhet»" in history.text
    change(client, reply, relation="")
    with make.session() as session:
        assert session.get(Thread, cast.thread.id).opposite == 0


def test_others_and_closed_threads_are_refused(client, cast, make):
    edit = f"/posts/{cast.post.id}/edit"
    other = client.another().sign_in(cast.coordinator)
    assert other.get(edit).status == 403
    assert other.post(f"/posts/{cast.post.id}/revisions", {"body": NEW}).status == 403
    assert client.another().sign_in(cast.guest).get(edit).status == 404
    client.sign_in(cast.representative)
    assert client.get(edit).status == 200
    with make.session() as session:
        session.get(Thread, cast.thread.id).closed_at = clock.now()
    assert client.get(edit).status == 403
    assert edit not in client.get(f"/threads/{cast.thread.id}").links
    assert stored(make, cast.post).body == OLD


def test_errors_keep_the_text_and_the_version(client, cast, make):
    client.sign_in(cast.representative)
    page = change(client, cast.post, body="å" * 30_000)
    assert page.status == 422
    assert "å" * 30_000 in page.html
    assert page.form(f"/posts/{cast.post.id}/revisions")["version"] == "1"
    assert change(client, cast.post, body="").status == 422
    preview = change(client, cast.post, body=NEW, preview="1")
    assert "Inget är sparat än" in preview.text
    assert (stored(make, cast.post).body, stored(make, cast.post).version) == (OLD, 1)


@pytest.mark.any_database
def test_who_is_named_by_an_edit_is_told_once(client, cast, make):
    client.sign_in(cast.representative)
    named = f"Det vet @{cast.other_representative.name} mer om."
    for body in (named, f"{named} Fråga gärna."):
        assert change(client, cast.post, body=body).status == 200
    with make.session() as session:
        letter = session.scalars(select(Letter)).one()
        references = session.scalars(select(Reference)).all()
    assert letter.member_id == cast.other_representative.id
    assert f"@{cast.other_representative.name}" in letter.plain
    assert [each.target_id for each in references] == [cast.other_representative.id]
    change(client, cast.post, body=OLD)
    with make.session() as session:
        assert session.scalars(select(Reference)).all() == []
