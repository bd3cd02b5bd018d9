"""Of two who change a post at once, nobody writes over the other."""

import threading

import pytest
from sqlalchemy import select

from kloss_intranet.core import text
from kloss_intranet.core.access import Actor
from kloss_intranet.core.db import db
from kloss_intranet.threads.models import Aspect, Draft, Factor
from kloss_intranet.threads.queries import revisions
from kloss_intranet.threads.services import editing
from tests.threads.wordings import NEW, OLD, kept, stored


def test_who_saves_twice_meets_no_clash(client, cast, make):
    client.sign_in(cast.representative)
    to = f"/posts/{cast.post.id}/revisions"
    filled = client.get(f"/posts/{cast.post.id}/edit").form(to) | {"body": NEW}
    for _ in range(2):
        assert client.post(to, filled).status == 200
    assert stored(make, cast.post).version == 2


def test_a_clash_shows_both_texts_and_overwrites_nothing(client, cast, make):
    client.sign_in(cast.representative)
    to, edit = f"/posts/{cast.post.id}/revisions", f"/posts/{cast.post.id}/edit"
    one, two = client.get(edit).form(to), client.get(edit).form(to)
    assert client.post(to, one | {"body": NEW}).status == 200
    page = client.post(to, two | {"body": "Något helt annat.", "aspect": "driver"})
    assert page.status == 409
    assert NEW in page.text
    assert "från «Metod» till «Drivkraft»" in page.text
    again = page.form(to)
    assert (again["body"], again["version"]) == ("Något helt annat.", "2")
    assert stored(make, cast.post).body == NEW
    assert client.post(to, again).status == 200
    assert stored(make, cast.post).body == "Något helt annat."
    assert [old.body for old in kept(make, cast.post)] == [OLD, NEW]


def test_a_draft_of_an_older_version_meets_the_newer_one(client, cast, make):
    client.sign_in(cast.representative)
    to, edit = f"/posts/{cast.post.id}/revisions", f"/posts/{cast.post.id}/edit"
    filled = client.get(edit).form(to)
    assert (
        client.post(f"/posts/{cast.post.id}/drafts?of=edit", filled | {"body": "Ett utkast."}).status == 200
    )
    assert client.post(to, filled | {"body": NEW}).status == 200
    resumed = client.get(edit).form(to)
    assert (resumed["body"], resumed["version"]) == ("Ett utkast.", "1")
    page = client.post(to, resumed)
    assert page.status == 409
    assert stored(make, cast.post).body == NEW
    assert client.post(to, page.form(to)).status == 200
    assert client.get(edit).form(to)["body"] == stored(make, cast.post).body == "Ett utkast."
    with make.session() as session:
        assert session.scalars(select(Draft)).all() == []


ROUNDS = 50


@pytest.mark.any_database
def test_of_two_who_save_at_once_one_is_told(app, cast, make):
    """A hundred savings, two at a time: each is stored or refused, and what was stored can be read."""
    with app.app_context():
        author = actor_of(cast)
        outcomes = []
        barrier = threading.Barrier(2, timeout=30)

        def save(name, number):
            with app.app_context():
                whole = revisions.whole_post(cast.post.id)
                version = whole.version
                db.session.rollback()
                barrier.wait()
                wording = editing.Wording(
                    text.written(f"{name} skrev {number}", "text", 100), Aspect.METHOD, Factor.HELPING
                )
                try:
                    editing.revise(revisions.whole_post(cast.post.id), author, wording, version)
                    db.session.commit()
                    outcomes.append((wording.body.plain, "stored"))
                except editing.Clash:
                    db.session.rollback()
                    outcomes.append((wording.body.plain, "refused"))
                barrier.wait()

        def run(name):
            for number in range(ROUNDS):
                save(name, number)

        threads = [threading.Thread(target=run, args=(name,)) for name in ("Ett", "Två")]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    wordings = [old.body for old in kept(make, cast.post)] + [stored(make, cast.post).body]
    saved = [body for body, outcome in outcomes if outcome == "stored"]
    assert len(outcomes) == 2 * ROUNDS
    assert len(saved) == ROUNDS
    assert sorted(wordings) == sorted([OLD, *saved])


def actor_of(cast):
    return Actor(
        token="",
        session_id=0,
        member_id=cast.representative.id,
        name="",
        title=None,
        language="sv",
        mandate_id=None,
        institution_id=None,
        roles=frozenset(),
        hosted=frozenset(),
        invited=frozenset(),
        reads_until=None,
    )
