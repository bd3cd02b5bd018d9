"""The queue: by thing, what came last first; several at a time; as many statements for many as for one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.moderation.models import Act, Report
from kloss_intranet.threads.models import Post
from tests.moderation.cases import REASON, act, letters, measures, report, reports


def reported(client, make, cast, number=1):
    """Posts of the representative's, each reported by two members; a coordinator has the browser."""
    posts = [make.post(cast.thread, cast.representative, f"Inlägg {at}.") for at in range(number)]
    for who in (cast.steering, cast.convenor):
        client.sign_in(who)
        for post in posts:
            assert report(client, f"/posts/{post.id}").status == 200
    client.sign_in(cast.coordinator)
    return posts


def test_reports_of_one_thing_stand_together(client, make, cast):
    one, other = reported(client, make, cast, 2)
    with make.session() as session:
        for made in session.query(Report).filter_by(subject_id=one.id):
            made.reported_at = clock.now() - timedelta(days=3)
    page = client.get("/moderation/")
    assert "2 saker väntar." in page.text
    assert page.text.count("Har väntat mer än två dagar") == 1
    entries = [each.attrs["id"] for each in page.root.all("li") if "id" in each.attrs]
    assert entries == [f"post-{other.id}", f"post-{one.id}"]
    assert f"/moderation/posts/{one.id}" in page.links
    client.sign_in(cast.steering)
    assert client.get("/moderation/").status == 403


@pytest.mark.any_database
@pytest.mark.parametrize(("what", "did"), [("dismiss", Act.DISMISS), ("hide", Act.HIDE)])
def test_several_are_treated_with_one_reason(client, make, cast, what, did):
    posts = reported(client, make, cast, 3)
    filled = {"act": what, "reason": REASON, "case": [f"post-{post.id}" for post in posts[:2]]}
    page = client.post("/moderation/measures", filled, "/moderation/")
    assert page.path == "/moderation/"
    assert [(one.act, one.reason) for one in measures(make)] == [(did, REASON)] * 2
    with make.session() as session:
        hidden = [session.get(Post, post.id).hidden_at is not None for post in posts]
    assert hidden == [did is Act.HIDE] * 2 + [False]
    assert [one.settled_by_id is None for one in reports(make)] == [False, False, True] * 2
    assert (cast.representative.id in letters(make, "measure:")) is (did is Act.HIDE)
    # One that somebody has treated meanwhile is left as it is.
    filled["case"] = [f"post-{posts[0].id}", f"post-{posts[2].id}"]
    page = client.post("/moderation/measures", filled)
    assert "1 gick inte att pröva så" in page.text
    assert len(measures(make)) == 3


def test_what_cannot_be_treated_so_is_said(client, make, cast):
    (post,) = reported(client, make, cast)
    good = {"act": "dismiss", "reason": REASON, "case": f"post-{post.id}"}
    for bad in (
        {"reason": ""},
        {"act": "lock"},
        {"act": ""},
        {"case": ""},
        {"case": "post-9"},
        {"case": "x-1"},
    ):
        page = client.post("/moderation/measures", good | bad)
        assert (page.status, measures(make)) == (422, []), bad
    for who in (cast.steering, cast.representative, cast.guest):
        client.sign_in(who)
        assert client.post("/moderation/measures", good).status == 403
    assert measures(make) == []


def test_many_cases_take_no_more_statements_than_few(client, make, cast, statements):
    def sent(path):
        client.get(path)
        with statements() as seen:
            client.get(path)
        return len(seen)

    (post,) = reported(client, make, cast)
    make.attachment(post)
    few = {path: sent(path) for path in ("/moderation/", f"/moderation/posts/{post.id}")}
    for each in reported(client, make, cast, 8):
        make.attachment(each)
        if each.id % 2:
            act(client, f"/posts/{each.id}/hidings")
    for _ in range(3):
        make.attachment(post)
        make.post(cast.thread, cast.convenor, parent=post)
        act(client, f"/posts/{post.id}/hidings")
        act(client, f"/posts/{post.id}/unhidings")
    client.sign_in(cast.steering)
    report(client, f"/posts/{post.id}")
    client.sign_in(cast.coordinator)
    # A case that has a history asks once more what its author's other matters are about.
    assert sent("/moderation/") <= few["/moderation/"] + 1
    assert sent(f"/moderation/posts/{post.id}") <= few[f"/moderation/posts/{post.id}"] + 1


@pytest.mark.any_database
def test_several_and_single_ones_at_once_do_not_wait_for_each_other(client, make, cast):
    posts = reported(client, make, cast, 4)
    numbers = [post.id for post in posts]
    ways = [
        ("/moderation/measures", {"act": "hide", "case": [f"post-{at}" for at in order]})
        for order in (numbers, numbers[::-1])
    ]
    ways += [(f"/posts/{number}/hidings", {}) for number in numbers]
    browsers = [client.another().sign_in(cast.coordinator) for _ in ways]
    tokens = [each.token() for each in browsers]
    together = threading.Barrier(len(ways))

    def press(way, browser, token):
        together.wait()
        return browser.raw.post(way[0], data=way[1] | {"reason": REASON, "csrf_token": token}).status_code

    with ThreadPoolExecutor(len(ways)) as pool:
        assert set(pool.map(press, ways, browsers, tokens)) <= {303, 409}
    assert sorted(one.subject_id for one in measures(make)) == numbers
