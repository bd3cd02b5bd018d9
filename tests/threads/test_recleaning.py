"""Texts of an older allow-list are shown cleaned at once, and cleaned for good by the command."""

import pytest
from sqlalchemy import select, update

from kloss_intranet.core import text
from kloss_intranet.threads.cli import reclean_texts
from kloss_intranet.threads.models import Post, Revision
from kloss_intranet.threads.services import recleaning

OLD = '<p onclick="x()">Ord<script>alert(1)</script></p><font color="red"><b>fet</b></font>'
NEW = "<p>Ord</p><p><strong>fet</strong></p>"


@pytest.fixture
def old_post(cast, make):
    """A post and an earlier wording of it as an older, laxer policy left them."""
    with make.session() as session:
        session.execute(
            update(Post).where(Post.id == cast.post.id).values(body_html=OLD, policy=text.POLICY - 1)
        )
        session.add(
            Revision(
                post_id=cast.post.id,
                number=1,
                body="Ord",
                body_html=OLD,
                policy=text.POLICY - 1,
                written_at=cast.post.posted_at,
            )
        )
    return cast.post


def test_an_old_text_is_shown_clean(client, cast, old_post):
    page = client.sign_in(cast.other_representative).get(f"/threads/{cast.thread.id}")
    assert "onclick" not in page.html
    assert "alert(1)" not in page.html
    assert "<strong>fet</strong>" in page.html


@pytest.mark.any_database
def test_the_command_cleans_what_is_old_and_leaves_the_rest(app, make, cast, old_post, monkeypatch):
    monkeypatch.setattr(recleaning, "BATCH", 1)
    with make.session() as session:
        other = session.scalars(select(Post.body_html).where(Post.id == cast.old_post.id)).one()
    runner = app.test_cli_runner()
    assert "2 texts cleaned" in runner.invoke(reclean_texts).output
    with make.session() as session:
        for row in (session.get(Post, old_post.id), session.scalars(select(Revision)).one()):
            assert (row.body_html, row.policy) == (NEW, text.POLICY)
        assert session.get(Post, cast.old_post.id).body_html == other
    assert "0 texts cleaned" in runner.invoke(reclean_texts).output
