"""A session that ends while somebody writes: the text goes along through the door and waits as a draft."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kloss_intranet.auth.models import Session
from kloss_intranet.core import clock
from kloss_intranet.threads.models import Draft, Thread
from tests.make import PASSWORD

TEXT = "En lång text\nom det vi prövade."
SENT = {"body": TEXT, "aspect": "method", "context": "Två orter"}


@pytest.fixture
def thread(cast):
    return f"/threads/{cast.thread.id}"


@pytest.fixture
def lost(client, cast, make, thread):
    """The page that answers a post whose session has expired."""
    client.sign_in(cast.representative)
    filled = client.get(thread).form(f"{thread}/posts") | SENT
    expire(make)
    return client.post(f"{thread}/posts", filled)


def expire(make):
    with make.session() as session:
        session.execute(update(Session).values(expires_at=clock.now() - timedelta(minutes=1)))


def kept(make):
    with make.session() as session:
        return session.scalars(select(Draft)).all()


def enter(client, page, email="agnes@example.org", password=PASSWORD, **more):
    filled = page.form("/auth/login") | {"email": email, "password": password} | more
    return client.post("/auth/login", filled)


def test_the_text_waits_in_the_composer_after_signing_in(client, make, thread, lost):
    assert lost.status == 401
    assert TEXT in lost.html
    page = enter(client, lost)
    assert (page.status, page.path) == (200, thread)
    form = page.form(f"{thread}/posts")
    assert TEXT in page.html
    assert (form["aspect"], form["context"]) == ("method", "Två orter")
    (draft,) = kept(make)
    assert PASSWORD not in str(draft.fields)
    assert "email" not in draft.fields
    client.post(f"{thread}/posts", form | {"body": TEXT})
    assert kept(make) == []


def test_a_wrong_password_loses_nothing(client, make, lost):
    page = enter(client, lost, password="fel lösenord")
    assert page.status == 422
    assert TEXT in page.html
    assert PASSWORD not in page.html
    assert "fel lösenord" not in page.html
    assert kept(make) == []
    assert TEXT in enter(client, page).html


def test_a_signed_out_tab_is_a_lost_session_too(client, cast, make, thread):
    client.sign_in(cast.representative)
    filled = client.get(thread).form(f"{thread}/posts") | SENT
    client.post("/auth/logout", form_on=thread)
    page = client.post(f"{thread}/posts", filled)
    assert page.status == 401
    assert TEXT in enter(client, page).html
    assert len(kept(make)) == 1


def test_who_may_not_write_there_gets_the_text_and_no_draft(client, make, lost):
    for email in ("gustav@example.org", "hanna@example.org"):
        page = enter(client.another(), client.another().get("/auth/login"), email=email, **carried(lost))
        assert page.status == 403
        assert TEXT in page.html
    assert kept(make) == []


def carried(page):
    return {name: value for name, value in page.form("/auth/login").items() if name.startswith("kept-")}


@pytest.mark.parametrize(
    "spot", ["experience:999", "reply:x", "nonsense", "edit:1", "thread:-1", "experience:1\0"]
)
def test_a_place_that_is_none_is_refused(client, cast, make, lost, spot):
    page = enter(client, lost, email="birger@example.org", **{"kept-draft_spot": spot})
    assert page.status == 403
    assert kept(make) == []


def test_a_draft_saved_elsewhere_meanwhile_is_shown_beside(client, cast, make, thread, lost):
    other = client.another().sign_in(cast.representative)
    other.post(f"{thread}/drafts", {"body": "Skrivet på telefonen"})
    page = enter(client, lost)
    assert page.status == 409
    assert TEXT in page.html
    assert "Skrivet på telefonen" in page.html
    (draft,) = kept(make)
    chosen = page.form(f"/drafts/{draft.id}/replacements")
    assert TEXT in client.post(f"/drafts/{draft.id}/replacements", chosen).html


def test_an_old_token_loses_nothing(client, cast, make, thread):
    client.sign_in(cast.representative)
    filled = client.get(thread).form(f"{thread}/posts") | SENT
    page = client.post(f"{thread}/posts", filled | {"csrf_token": "old"})
    assert page.status == 403
    assert TEXT in page.html
    again = page.form(f"{thread}/drafts")
    assert TEXT in client.post(f"{thread}/drafts", again).html
    assert [draft.fields["body"] for draft in kept(make)] == [TEXT]


def test_nothing_is_carried_for_another_site(client, cast, make, thread):
    sent = {**SENT, "draft_spot": f"experience:{cast.thread.id}"}
    page = client.another().post(f"{thread}/posts", sent, headers={"Origin": "https://evil.example"})
    assert page.status == 401
    assert carried(page) == {}
    client.sign_in(cast.representative)
    page = client.post(
        f"{thread}/posts", sent | {"csrf_token": ""}, headers={"Origin": "https://evil.example"}
    )
    assert page.status == 403
    with pytest.raises(KeyError):
        page.form(f"{thread}/drafts")


@pytest.mark.parametrize("referrer", ["https://evil.example/x", "//evil.example"])
def test_the_way_on_from_a_lost_session_stays_here(client, cast, referrer):
    page = client.post("/settings/password", {}, headers={"Referer": referrer})
    assert page.status == 401
    assert page.form("/auth/login")["next"] == ""


def test_an_act_without_a_text_leads_back_to_its_page(client, cast, make, thread):
    client.sign_in(cast.representative)
    filled = client.get(thread).form(f"{thread}/posts")
    expire(make)
    page = client.post(
        f"/posts/{cast.post.id}/savings",
        {"csrf_token": filled["csrf_token"]},
        headers={"Referer": f"http://localhost{thread}"},
    )
    assert enter(client, page).path == thread


def test_a_script_is_told_in_its_own_way(client, cast, make, thread):
    client.sign_in(cast.representative)
    filled = client.get(thread).form(f"{thread}/posts") | SENT
    expire(make)
    answer = client.raw.post(f"{thread}/drafts", data=filled, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.get_json()["status"] == 401


def test_the_thread_closed_meanwhile(client, cast, make, lost):
    with make.session() as session:
        session.get(Thread, cast.thread.id).closed_at = clock.now()
    page = enter(client, lost)
    assert page.status == 403
    assert TEXT in page.html
