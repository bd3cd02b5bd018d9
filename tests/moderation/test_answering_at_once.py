"""An answer that is sent many times at once, and while it is settled, is kept once and never lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.moderation.models import Answer, Decision
from kloss_intranet.moderation.notifications import authors
from kloss_intranet.moderation.queries import answers
from tests.moderation.measures import letters, reply, report, take, way


def raws(client, number):
    """Browsers with the same session, each with a form of its own."""
    found = []
    for _ in range(number):
        raw = client.app.test_client()
        raw.set_cookie("kloss", client.raw.get_cookie("kloss").value)
        found.append(raw)
    return found


@pytest.mark.any_database
def test_one_of_many_answers_is_kept_and_the_coordinators_are_told_once(app, client, make, cast):
    measure = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    author, token = client.sign_in(cast.representative), client.token()
    browsers = raws(author, 6)
    together = threading.Barrier(len(browsers))

    def send(place):
        body = f"Hon har sagt ja. {place % 2}"
        together.wait()
        data = {"body": body, "csrf_token": token}
        return browsers[place].post(f"{way(measure)}/answers", data=data).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        # Three sent the same words, three others.
        assert sorted(pool.map(send, range(6))) == [303, 303, 303, 409, 409, 409]
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(Answer)) == 1
        told = select(func.count()).where(Letter.key.startswith("moderation-answer:"))
        assert session.scalar(told) == 1


@pytest.mark.any_database
def test_an_answer_meets_the_act_that_settles_it(app, client, make, cast):
    measure = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    with make.session() as session:
        session.get(type(cast.post), cast.post.id).hidden_at = cast.post.posted_at
    author, coordinator = client.sign_in(cast.representative), client.another().sign_in(cast.coordinator)
    sends = []
    for browser, path, sent in (
        (author, f"{way(measure)}/answers", {"body": "Hon vill."}),
        (coordinator, f"/posts/{cast.post.id}/unhidings", {"reason": "Hon vill."}),
    ):
        data = sent | {"csrf_token": browser.token()}
        sends.append((*raws(browser, 1), path, data))
    together = threading.Barrier(len(sends))

    def send(one):
        raw, path, data = one
        together.wait()
        return raw.post(path, data=data).status_code

    with ThreadPoolExecutor(len(sends)) as pool:
        assert list(pool.map(send, sends)) == [303, 303]
    with app.app_context():
        kept = db.session.scalars(select(Answer)).one()
        # Whichever came first, the answer is either settled by the act or waits in the queue.
        assert (kept.settled_by_id is None) == (kept.id in {each.id for each in answers.waiting()})
        assert kept.settled_by_id in (None, db.session.scalar(select(func.max(Decision.id))))


@pytest.mark.any_database
def test_telling_twice_makes_no_more_letters(app, make, cast):
    report(make, cast.steering, cast.post)
    number = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    with app.test_request_context():
        authors.told(db.session.get(Decision, number))
        db.session.commit()
    assert len(letters(make, cast.representative)) == len(letters(make, cast.steering)) == 1


@pytest.mark.any_database
def test_what_waits_is_read_with_its_measure_and_author(app, client, make, cast):
    measure = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    reply(client.sign_in(cast.representative), measure)
    with app.app_context():
        (kept,) = answers.waiting()
        assert (kept.decision.id, kept.decision.author.name) == (measure, cast.representative.name)
        assert [each.id for each in answers.about(kept.decision.subject_kind, cast.post.id)] == [kept.id]
    take(app, cast.coordinator, "keep", cast.post, cast.representative)
    with app.app_context():
        assert answers.waiting() == []
        assert answers.to_measure(measure).settled_by is not None
