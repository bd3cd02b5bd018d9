"""A coordinator hides what its author takes back at the same moment: both are answered, once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kloss_intranet.moderation.models import Act, Decision
from kloss_intranet.threads.models import Post, Relation, Thread


@pytest.mark.any_database
def test_hiding_meets_taking_back_changing_and_answering(client, cast, make):
    relation = {"parent": cast.post, "relation": Relation.SIMILAR}
    posts = [make.post(cast.thread, cast.representative, mandate=cast.mandate, **relation) for _ in range(3)]
    with make.session() as session:
        session.get(Thread, cast.thread.id).similar = len(posts)
    coordinator = client.another().sign_in(cast.coordinator)
    author = client.another().sign_in(cast.representative)
    sends = []
    for post in posts:
        for browser, path, sent in (
            (coordinator, "hidings", {"reason": "Nämner en enskild person."}),
            (author, "withdrawals", {}),
            (author, "revisions", {"body": "Annat.", "version": "1"}),
        ):
            raw = client.app.test_client()
            raw.set_cookie("kloss", browser.raw.get_cookie("kloss").value)
            data = sent | {"csrf_token": browser.token()}
            sends.append((raw, f"/posts/{post.id}/{path}", data))
    together = threading.Barrier(len(sends))

    def send(one):
        raw, path, data = one
        together.wait()
        return raw.post(path, data=data).status_code

    with ThreadPoolExecutor(len(sends)) as pool:
        # 409 and 403 to who came too late.
        assert set(pool.map(send, sends)) <= {303, 403, 409}
    with make.session() as session:
        kept = [session.get(Post, post.id) for post in posts]
        hidden = session.scalars(select(Decision.subject_id).where(Decision.act == Act.HIDE)).all()
        assert sorted(hidden) == sorted(post.id for post in kept if post.hidden_at is not None)
        assert session.get(Thread, cast.thread.id).similar == sum(
            post.stands and post.relation is Relation.SIMILAR for post in kept
        )
