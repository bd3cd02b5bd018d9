"""Signing in and out: one answer to all who fail, a limit, and sessions that can be ended."""

from datetime import timedelta

import pytest
from flask import Flask

from kloss_intranet.auth import services
from kloss_intranet.core import clock
from tests.browser import Client
from tests.cast import Cast
from tests.make import PASSWORD, Make


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client, cast: Cast) -> None:
    page = client.sign_in_by_form("AGNES@example.org ", to="/members/")
    assert page.status == 200
    assert page.path == "/members/"


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil.example"]
)
def test_the_way_on_never_leaves_the_site(client: Client, cast: Cast, wanted: str) -> None:
    filled = {"email": "agnes@example.org", "password": PASSWORD, "next": wanted}
    assert client.post("/auth/login", filled, form_on="/auth/login", follow=False).location == "/"


def test_the_answer_does_not_tell_who_has_an_account(client: Client, cast: Cast, make: Make) -> None:
    make.member(email="uninvited@example.org", password_hash=None)
    make.member(email="closed@example.org", closed_at=clock.now())
    known, *others = [
        client.sign_in_by_form(email, "inte det rätta")
        for email in (
            "agnes@example.org",
            "nobody@example.org",
            "uninvited@example.org",
            "closed@example.org",
        )
    ]
    assert known.status == 422
    assert all((other.status, other.text) == (422, known.text) for other in others)
    assert client.sign_in_by_form("closed@example.org").status == 422


def test_a_wrong_password_keeps_the_address_in_the_form(client: Client, cast: Cast) -> None:
    page = client.sign_in_by_form("agnes@example.org", "inte det rätta")
    assert page.form("/auth/login")["email"] == "agnes@example.org"
    assert page.form("/auth/login")["password"] == ""


@pytest.mark.any_database
def test_an_account_rests_after_ten_failures_and_no_other_does(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(services.TRIES_PER_ACCOUNT):
        assert client.sign_in_by_form("agnes@example.org", "inte det rätta").status == 422
    assert client.sign_in_by_form("agnes@example.org").status == 429
    assert client.another().sign_in_by_form("birger@example.org").status == 200
    later = clock.now() + services.WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.sign_in_by_form("agnes@example.org").status == 200


def test_signing_in_rightly_costs_no_try(client: Client, cast: Cast) -> None:
    for _ in range(services.TRIES_PER_ACCOUNT + 1):
        assert client.another().sign_in_by_form("agnes@example.org").status == 200


def test_an_address_on_the_net_has_a_limit_of_its_own(app: Flask, cast: Cast) -> None:
    with app.app_context():
        for number in range(services.TRIES_PER_ADDRESS):
            services.note_failure(f"account {number}", "address")
        with pytest.raises(services.Refusal) as refused:
            services.refuse_if_too_many("fresh account", "address")
        assert refused.value.status == 429
        services.refuse_if_too_many("fresh account", "fresh address")


def test_signing_out_ends_the_session_for_a_copied_cookie_too(client: Client, cast: Cast) -> None:
    client.sign_in_by_form("agnes@example.org")
    thief = client.another()
    cookie = client.raw.get_cookie("kloss")
    assert cookie
    thief.raw.set_cookie("kloss", cookie.value)
    assert thief.get("/settings/").path == "/settings/"
    client.post("/auth/logout", form_on="/settings/")
    assert thief.get("/settings/").path == "/auth/login"
    assert client.get("/settings/").path == "/auth/login"


def test_a_session_lasts_fourteen_days(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = clock.now()
    client.sign_in_by_form("agnes@example.org")
    monkeypatch.setattr(clock, "now", lambda: begun + services.SESSION_LIFE - timedelta(minutes=1))
    assert client.get("/settings/").path == "/settings/"
    monkeypatch.setattr(clock, "now", lambda: begun + services.SESSION_LIFE + timedelta(minutes=1))
    assert client.get("/settings/").path == "/auth/login"
