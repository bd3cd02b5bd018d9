"""The directory and its pages, and the rule of one representative at a time."""

from datetime import date

import pytest
from flask import Flask

from kloss_intranet.core import clock
from kloss_intranet.core.words import Refusal
from kloss_intranet.members import queries, services
from tests.browser import Client
from tests.cast import Cast
from tests.make import Make


def test_the_directory_is_in_swedish_order_with_representatives(client: Client, cast: Cast) -> None:
    client.sign_in(cast.representative)
    page = client.get("/members/")
    names = [row.all("th")[0].text for row in page.root.all("tr")[1:]]
    assert names == ["Björkö universitet", "Åsnes högskola", "Älvdals universitet"]
    rows = [row.text for row in page.root.all("tr")[1:]]
    assert "Agnes Björk" in rows[0]
    assert "Hanna Sten" not in page.text
    assert ["Styrgruppen" in row for row in rows] == [False, False, True]


def test_the_directory_is_filtered_by_person_or_institution(client: Client, cast: Cast) -> None:
    client.sign_in(cast.representative)
    assert [row.all("th")[0].text for row in client.get("/members/?q=ÅSLING").root.all("tr")[1:]] == [
        "Åsnes högskola"
    ]
    assert [row.all("th")[0].text for row in client.get("/members/?q=björkö").root.all("tr")[1:]] == [
        "Björkö universitet"
    ]
    assert not client.get("/members/?q=ingen").root.all("table")


@pytest.mark.any_database
def test_the_directory_asks_as_often_for_many_as_for_few(
    client: Client, cast: Cast, make: Make, statements
) -> None:
    client.sign_in(cast.representative)
    client.get("/members/")
    with statements() as few:
        client.get("/members/")
    for _ in range(12):
        make.mandate()
    with statements() as many:
        client.get("/members/")
    assert len(few) == len(many)


def test_pages_show_who_held_the_seat_and_no_address(client: Client, cast: Cast) -> None:
    client.sign_in(cast.representative)
    seat = client.get("/members/institutions/asnes")
    assert "Hanna Sten" in seat.text
    assert "Birger Åsling" in seat.text
    person = client.get(f"/members/{cast.former.id}")
    assert "Åsnes högskola" in person.text
    for page in (seat, person, client.get("/members/")):
        assert "@example.org" not in page.html


@pytest.mark.parametrize("part", ["guest", "host", "former"])
def test_only_the_network_sees_its_members(client: Client, cast: Cast, part: str) -> None:
    client.sign_in(getattr(cast, part))
    assert client.get("/members/").status == 403
    assert client.get(f"/members/{cast.representative.id}").status == 404


def register(institution_id: int, starts_on: date, email: str = "ny@example.org") -> None:
    services.register(
        email=email,
        name="Ny",
        institution_id=institution_id,
        title="rektor",
        starts_on=starts_on,
        language="sv",
        by=None,
    )


def test_a_seat_has_one_representative_at_a_time(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with pytest.raises(Refusal) as refused:
            register(cast.institution.id, clock.today())
        assert refused.value.field == "institution_id"
        mandate = queries.mandate(cast.mandate.id)
        assert mandate
        services.end_mandate(mandate, date(2026, 6, 30), None)
        with pytest.raises(Refusal):
            register(cast.institution.id, date(2026, 6, 30))
        register(cast.institution.id, date(2026, 7, 1))
        with pytest.raises(Refusal) as refused:
            services.end_mandate(mandate, date(2026, 7, 1), None)
        assert refused.value.field == "ends_on"


def test_an_address_belongs_to_one_member(app: Flask, cast: Cast, make: Make) -> None:
    seat = make.institution()
    with app.app_context(), pytest.raises(Refusal) as refused:
        register(seat.id, clock.today(), "AGNES@example.org")
    assert refused.value.field == "email"


def test_the_coordinator_ends_a_mandate_and_the_seat_in_the_steering_group(
    client: Client, cast: Cast, make: Make
) -> None:
    client.sign_in(cast.coordinator)
    (mandate,) = mandates_of(make, cast.steering.id)
    path = f"/members/mandates/{mandate}/endings"
    assert client.post(path, {"ends_on": "2019-01-01"}, form_on=path).status == 422
    assert client.post(path, {"ends_on": "2024-01-31"}, form_on=path).path == f"/members/{cast.steering.id}"
    former = client.another().sign_in(cast.steering)
    assert former.get("/members/").status == 403


def mandates_of(make: Make, member_id: int) -> list[int]:
    with make.session():
        return [mandate.id for mandate in queries.mandates_of(member_id)]


@pytest.mark.parametrize(
    "address",
    [
        *("agnes", "agnes@example", "agnes@@example.org", "agnes birk@example.org", "a,b@example.org"),
        *("kansli:a@example.org;", '"a"@example.org', "<a@example.org>", "=?utf-8?q?a?=@example.org"),
        *("a@[127.0.0.1]", "a(b)@example.org", "a@example..org", "a@.example.org"),
    ],
)
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises(Refusal):
        services.checked_address(address)


@pytest.mark.parametrize("address", ["agnes.birk+kloss@lu.example.org", "o'neill@example.org", "å@ö.example"])
def test_an_address_may_be_any_that_people_have(address: str) -> None:
    assert services.checked_address(f" {address.upper()} ") == address
