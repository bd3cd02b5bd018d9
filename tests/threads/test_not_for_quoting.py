"""An author keeps a post out of dossiers with a tick, which is no new wording of it."""

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.threads.models import Draft, Post, Thread
from tests.threads.wordings import NEW, change, kept, stored

MARK = "Får inte citeras"
TICKED = {"not_for_quoting": "y"}


def last(make):
    with make.session() as session:
        return session.scalars(select(Post).order_by(Post.id.desc())).first()


def write(client, thread, body, form_on=None, **fields):
    here = f"/threads/{thread.id}"
    return client.post(f"{here}/posts", {"body": body} | fields, form_on or here)


def marks(client, post):
    """The marks on the posts of its thread, in whatever language the reader has."""
    page = client.get(f"/threads/{post.thread_id}")
    return [each for each in page.root.all("p") if "not-quoted" in each.attrs.get("class", "")]


def in_article(page, post):
    """What the page shows of the post, without the form below."""
    return next(each.text for each in page.root.all("article") if each.attrs.get("id") == f"p{post.id}")


@pytest.mark.any_database
def test_an_experience_and_a_reply_are_marked_by_a_tick(client, make, cast):
    client.sign_in(cast.representative)
    page = write(client, cast.thread, "Bara här.", aspect="method", **TICKED)
    marked = last(make)
    assert marked.not_for_quoting
    assert MARK in in_article(page, marked)
    assert MARK not in in_article(page, cast.post)
    write(client, cast.thread, "Får spridas.", aspect="method")
    assert not last(make).not_for_quoting
    write(client, cast.thread, "Ett svar.", f"/threads/{cast.thread.id}?reply_to={marked.id}", **TICKED)
    reply = last(make)
    assert (reply.parent_id, reply.not_for_quoting) == (marked.id, True)
    # Members may still answer and quote it within the threads.
    other = client.another().sign_in(cast.other_representative)
    assert f"/threads/{cast.thread.id}?reply_to={marked.id}&quote={marked.id}" in " ".join(
        link.partition("#")[0] for link in other.get(f"/threads/{cast.thread.id}").links
    )


def test_the_form_says_what_the_mark_means(client, cast):
    client.sign_in(cast.representative)
    for path in (
        f"/threads/{cast.thread.id}",
        f"/threads/{cast.thread.id}?reply_to={cast.post.id}",
        f"/posts/{cast.post.id}/edit",
    ):
        said = client.get(path).text
        assert "citera dig i trådarna" in said, path
        assert "avgör inte i sig vad som är offentligt enligt lag" in said, path


@pytest.mark.any_database
def test_the_mark_is_set_and_taken_away_without_a_new_wording(client, make, cast):
    client.sign_in(cast.representative)
    reader = client.another().sign_in(cast.other_representative)
    assert marks(reader, cast.post) == []
    with make.session() as session:
        before = session.get(Thread, cast.thread.id).changes
    change(client, cast.post, **TICKED)
    marked = stored(make, cast.post)
    assert (marked.not_for_quoting, marked.version, marked.edited_at) == (True, 2, None)
    assert kept(make, cast.post) == []
    with make.session() as session:
        assert session.get(Thread, cast.thread.id).changes > before
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "post.revise")).one()
        assert entry.details["not_for_quoting"] is True
    assert len(marks(reader, cast.post)) == 1
    form = client.get(f"/posts/{cast.post.id}/edit").form(f"/posts/{cast.post.id}/revisions")
    assert form["not_for_quoting"] == "y"
    # With a new wording there is a revision as always, and the mark stays.
    change(client, cast.post, body=NEW)
    assert (stored(make, cast.post).not_for_quoting, len(kept(make, cast.post))) == (True, 1)
    form = {name: value for name, value in form.items() if name != "not_for_quoting"}
    client.post(f"/posts/{cast.post.id}/revisions", form | {"body": NEW, "version": "3"})
    assert not stored(make, cast.post).not_for_quoting


@pytest.mark.any_database
def test_drafts_keep_the_tick_and_that_it_was_taken_away(client, make, cast):
    client.sign_in(cast.representative)
    here = f"/threads/{cast.thread.id}"
    client.post(f"{here}/drafts", {"body": "Börjat."} | TICKED)
    with make.session() as session:
        assert session.scalars(select(Draft)).one().fields["not_for_quoting"] == "y"
    assert client.get(here).form(f"{here}/posts")["not_for_quoting"] == "y"
    change(client, cast.post, **TICKED)
    edit, save = f"/posts/{cast.post.id}/edit", f"/posts/{cast.post.id}/drafts?of=edit"
    form = client.get(edit).form(f"/posts/{cast.post.id}/revisions")
    del form["not_for_quoting"]
    client.post(save, form | {"body": NEW})
    assert "not_for_quoting" not in client.get(edit).form(f"/posts/{cast.post.id}/revisions")
    assert stored(make, cast.post).not_for_quoting
