"""Invitations and recoveries: links that work once, for a while, and for one person."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.auth import services
from kloss_intranet.auth.models import LinkKind
from kloss_intranet.core import clock
from kloss_intranet.core.words import Refusal
from kloss_intranet.mail.models import Letter
from kloss_intranet.members.models import Member
from tests.browser import Client
from tests.cast import Cast
from tests.make import Make

NEW = "en lång väg till Luleå"


def path_in_last_letter(make: Make) -> str:
    with make.session() as session:
        letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter, "there is no letter"
    path = re.search(r"https?://[^/\s]+(/\S+)", letter.plain)
    assert path, letter.plain
    assert path[0] in letter.html
    return path[1]


def new_link(make: Make, member: Member, kind: LinkKind) -> str:
    with make.session() as session:
        kept = session.get(Member, member.id)
        return services.recover(kept) if kind is LinkKind.RECOVERY else services.invite(kept, None)


@pytest.mark.any_database
def test_an_invited_person_becomes_a_member_in_one_page(client: Client, cast: Cast, make: Make) -> None:
    seat = make.institution("Ödsmåls högskola")
    filled = {
        "name": "Ylva Ny",
        "email": "Ylva@example.org",
        "institution_id": seat.id,
        "title": "prorektor",
        "starts_on": clock.today().isoformat(),
        "language": "sv",
    }
    client.sign_in(cast.coordinator)
    assert "Ylva Ny" in client.post("/auth/invitations", filled, form_on="/auth/invitations").text
    path, guest = path_in_last_letter(make), client.another()
    assert guest.post(path, {"name": "Ylva Nyh", "password": NEW}, form_on=path).path == "/"
    assert "Ylva Nyh" in guest.get("/members/").text
    assert guest.get(path).status == 410
    assert client.another().sign_in_by_form("ylva@example.org", NEW).status == 200


def test_a_link_works_once(make: Make, cast: Cast) -> None:
    token = new_link(make, cast.guest, LinkKind.INVITATION)
    with make.session():
        services.accept(token, LinkKind.INVITATION, NEW)
    with make.session(), pytest.raises(Refusal) as refused:
        services.accept(token, LinkKind.INVITATION, "ett helt annat lösen")
    assert refused.value.status == 410


def test_a_password_that_is_refused_does_not_spend_the_link(client: Client, make: Make, cast: Cast) -> None:
    path = "/auth/invitations/" + new_link(make, cast.guest, LinkKind.INVITATION)
    assert client.post(path, {"password": "för kort"}, form_on=path).status == 422
    assert client.post(path, {"password": NEW}, form_on=path).path == "/"


@pytest.mark.parametrize("kind", list(LinkKind))
def test_a_link_grows_old(
    client: Client, make: Make, cast: Cast, kind: LinkKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = {LinkKind.INVITATION: "invitations", LinkKind.RECOVERY: "recoveries"}[kind]
    path = f"/auth/{folder}/{new_link(make, cast.guest, kind)}"
    assert client.get(path).status == 200
    later = clock.now() + services.LINK_LIFE[kind] + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    old = client.get(path)
    assert old.status == 410
    assert "/auth/recover" in old.links


def test_a_link_of_one_kind_does_not_open_the_other(client: Client, make: Make, cast: Cast) -> None:
    token = new_link(make, cast.guest, LinkKind.RECOVERY)
    assert client.get(f"/auth/invitations/{token}").status == 404


def test_a_new_link_puts_the_older_out_of_use(client: Client, make: Make, cast: Cast) -> None:
    first = new_link(make, cast.guest, LinkKind.INVITATION)
    new_link(make, cast.guest, LinkKind.INVITATION)
    assert client.get(f"/auth/invitations/{first}").status == 410


def test_recovery_signs_out_everywhere_else(client: Client, make: Make, cast: Cast) -> None:
    client.sign_in(cast.representative)
    other = client.another()
    other.post("/auth/recover", {"email": "agnes@example.org"}, form_on="/auth/recover")
    path = path_in_last_letter(make)
    assert other.post(path, {"password": NEW}, form_on=path).path == "/"
    assert client.get("/settings/").path == "/auth/login"
    assert other.get("/settings/").path == "/settings/"


def test_recovery_does_not_tell_who_has_an_account(client: Client, make: Make, cast: Cast) -> None:
    known, unknown = [
        client.post("/auth/recover", {"email": email}, form_on="/auth/recover")
        for email in ("agnes@example.org", "nobody@example.org")
    ]
    assert (known.status, known.text) == (unknown.status, unknown.text)
    with make.session() as session:
        assert [letter.address for letter in session.scalars(select(Letter))] == ["agnes@example.org"]


def test_only_the_coordinator_invites(client: Client, cast: Cast) -> None:
    client.sign_in(cast.representative)
    assert client.get("/auth/invitations").status == 403
    assert client.post("/auth/invitations", {"starts_on": date.max.isoformat()}).status == 403
