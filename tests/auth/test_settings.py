"""One's own settings: language, password and the places where one is signed in."""

from sqlalchemy import select

from kloss_intranet.auth.models import Session
from tests.browser import Client
from tests.cast import Cast
from tests.make import PASSWORD, Make

NEW = "en lång väg till Luleå"


def test_the_language_is_kept_for_the_member(client: Client, cast: Cast) -> None:
    client.sign_in(cast.representative)
    changed = client.post("/settings/language", {"language": "en"}, form_on="/settings/")
    assert changed.root.all("html")[0].attrs["lang"] == "en"
    again = client.another().sign_in(cast.representative).get("/settings/")
    assert again.root.all("html")[0].attrs["lang"] == "en"


def test_the_language_can_be_changed_before_signing_in(client: Client, cast: Cast) -> None:
    page = client.post("/settings/language", {"language": "en", "next": "/auth/login"})
    assert (page.path, page.root.all("html")[0].attrs["lang"]) == ("/auth/login", "en")
    for wrong in ({"language": "fi", "next": "/auth/login"}, {"language": "en", "next": "//evil.example"}):
        assert client.post("/settings/language", wrong, follow=False).location in ("/", "/auth/login")
    assert client.get("/auth/login").root.all("html")[0].attrs["lang"] == "en"


def test_a_new_password_signs_out_the_other_places(client: Client, cast: Cast) -> None:
    other = client.another().sign_in(cast.representative)
    client.sign_in(cast.representative)
    wrong = client.post("/settings/password", {"current": "fel", "password": NEW}, form_on="/settings/")
    assert wrong.status == 422
    assert other.get("/settings/").path == "/settings/"
    filled = {"current": PASSWORD, "password": NEW}
    assert client.post("/settings/password", filled, form_on="/settings/").path == "/settings/"
    assert other.get("/settings/").path == "/auth/login"
    assert client.another().sign_in_by_form("agnes@example.org", NEW).status == 200


def test_one_ends_ones_own_sessions_and_nobody_elses(client: Client, cast: Cast, make: Make) -> None:
    other = client.another().sign_in(cast.representative)
    with make.session() as session:
        number = session.scalar(select(Session.id))
    stranger = client.another().sign_in(cast.steering)
    assert stranger.post(f"/settings/sessions/{number}/endings").status == 404
    client.sign_in(cast.representative)
    client.post(f"/settings/sessions/{number}/endings", form_on="/settings/")
    assert other.get("/settings/").path == "/auth/login"
    assert client.get("/settings/").path == "/settings/"
