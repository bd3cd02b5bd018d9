"""Posts put aside for later: until a day, seen by oneself alone, and gone when one says so."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.core.language import day
from kloss_intranet.threads.models import Post, Saved, Thread


def kept(make):
    with make.session() as session:
        return {(row.member_id, row.post_id): row.remind_on for row in session.query(Saved)}


@pytest.mark.any_database
def test_a_post_is_put_aside_and_taken_back(client, make, cast):
    client.sign_in(cast.representative)
    saved = f"/posts/{cast.post.id}/savings"
    done = client.post(saved)
    assert done.path == f"/threads/{cast.thread.id}"
    assert "Inlägget är sparat till senare." in done.text
    assert kept(make) == {(cast.representative.id, cast.post.id): None}
    page = client.get("/saved")
    assert cast.thread.title in page.text
    assert cast.post.body in page.text
    tomorrow = clock.today() + timedelta(days=1)
    client.post(saved, {"remind_on": tomorrow.isoformat()}, form_on="/saved")
    assert kept(make) == {(cast.representative.id, cast.post.id): tomorrow}
    client.post(f"{saved}/endings", form_on="/saved")
    assert kept(make) == {}
    assert "Du har inte sparat något inlägg." in client.get("/saved").text
    assert client.post(f"/posts/{cast.steering_post.id}/savings").status == 404
    assert kept(make) == {}


def test_a_week_is_counted_from_today(client, make, cast):
    client.sign_in(cast.representative)
    client.post(f"/posts/{cast.post.id}/savings", {"in_days": "7"})
    assert kept(make) == {(cast.representative.id, cast.post.id): clock.today() + timedelta(days=7)}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("i morgon", "Skriv dagen som ÅÅÅÅ-MM-DD"),
        ("2020-02-30", "Skriv dagen som ÅÅÅÅ-MM-DD"),
        ("2020-01-01", "Välj en dag från i dag"),
        ("9000-01-01", "Välj en dag från i dag"),
    ],
)
def test_a_day_that_will_not_do_is_refused(client, make, cast, written, said):
    client.sign_in(cast.representative)
    page = client.post(f"/posts/{cast.post.id}/savings", {"remind_on": written})
    assert page.status == 422
    assert said in page.text
    assert kept(make) == {}


def put_aside(make, member, post, on=None):
    make.add(Saved(member_id=member.id, post_id=post.id, saved_at=clock.now(), remind_on=on))


@pytest.mark.any_database
def test_those_whose_day_has_come_stand_first_and_on_the_front_page(client, make, cast, app):
    today = clock.today()
    second = make.post(cast.thread, cast.steering, "Den andra.")
    third = make.post(cast.thread, cast.steering, "Den tredje.")
    client.sign_in(cast.representative)
    assert "det dags för" not in client.get("/").text
    put_aside(make, cast.representative, cast.post)
    put_aside(make, cast.representative, second, today + timedelta(days=3))
    put_aside(make, cast.representative, third, today - timedelta(days=1))
    put_aside(make, cast.coordinator, second, today)
    words = client.get("/saved").text
    assert words.index("Den tredje.") < words.index("Den andra.") < words.index(cast.post.body)
    with app.test_request_context():
        assert f"Dags nu: {day(today - timedelta(days=1))}" in words
    assert "1 sparat inlägg är det dags för" in client.get("/").text
    assert "/saved" in client.get("/").links


def test_what_may_no_longer_be_seen_is_not_shown(client, make, cast):
    put_aside(make, cast.representative, cast.steering_post, clock.today())
    put_aside(make, cast.representative, cast.post, clock.today())
    with make.session() as session:
        session.get(Post, cast.post.id).withdrawn_at = clock.now()
    client.sign_in(cast.representative)
    page = client.get("/saved")
    assert cast.steering_thread.title not in page.text
    assert cast.post.body not in page.text
    assert "Inlägget är tillbakadraget." in page.text
    with make.session() as session:
        session.get(Thread, cast.thread.id).audience = "steering"
    assert cast.thread.title not in client.get("/saved").text
    assert "det dags för" not in client.get("/").text


def test_many_are_read_page_by_page(client, make, cast):
    today = clock.today()
    for number in range(60):
        post = make.post(cast.thread, cast.steering, f"Nr{number:02}.")
        put_aside(make, cast.representative, post, today if number < 30 else None)
    client.sign_in(cast.representative)
    first = client.get("/saved")
    (later,) = [a.attrs["href"] for a in first.root.all("a") if a.attrs.get("rel") == "next"]
    told = [word for page in (first, client.get(later)) for word in page.text.split() if word[:2] == "Nr"]
    assert len(told) == len(set(told)) == 60
    assert client.get("/saved?day=nonsens&below=x").status == 200
