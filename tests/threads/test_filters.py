"""A thread is narrowed by its address, told in words, and the numbers of the map open what they count."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.threads.models import Aspect, Factor, Relation, Thread
from kloss_intranet.threads.queries.sides import VOICES


@pytest.fixture
def told(make, cast):
    """A thread around a meeting that has been, with one post of each kind, and its address."""
    now = clock.now()
    meeting = make.meeting(starts_at=now - timedelta(days=10))
    thread = make.thread(meeting, cast.theme, similar=1, asks=2)
    bjorko, asnes = cast.mandate, cast.other_mandate
    first = make.post(
        thread,
        cast.representative,
        "Drivkraften inför.",
        mandate=bjorko,
        aspect=Aspect.DRIVER,
        factor=Factor.HELPING,
        posted_at=now - timedelta(days=20),
    )
    make.post(
        thread,
        cast.other_representative,
        "Metoden under.",
        mandate=asnes,
        factor=Factor.HINDERING,
        posted_at=now - timedelta(days=9),
    )
    make.post(thread, cast.other_representative, "Metoden efter.", mandate=asnes, factor=Factor.HELPING)
    make.post(thread, cast.other_representative, "Likadant hos oss.", parent=first, relation=Relation.SIMILAR)
    for number in (1, 2):
        make.post(thread, cast.steering, f"Fråga {number}?", parent=first, relation=Relation.ASKS)
    make.post(thread, cast.steering, "Ångrat.", factor=Factor.HELPING, withdrawn_at=now)
    return f"/threads/{thread.id}"


ALL = {"Drivkraften inför.", "Metoden under.", "Metoden efter.", "Likadant hos oss.", "Fråga 1?", "Fråga 2?"}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("query", "stands", "words"),
    [
        ("phase=before", {"Drivkraften inför."}, "Inför"),
        ("phase=during", {"Metoden under."}, "Under"),
        ("aspect=method", {"Metoden under.", "Metoden efter."}, "Metod"),
        ("factor=hindering", {"Metoden under."}, "Kritisk"),
        ("institution=bjorko", {"Drivkraften inför."}, "Björkö universitet"),
        ("relation=similar", {"Likadant hos oss."}, "Liknande erfarenhet"),
        ("relation=asks", {"Fråga 1?", "Fråga 2?"}, "Frågar om"),
        ("phase=after&aspect=method&factor=helping", {"Metoden efter."}, "Efter · Metod · Främjande"),
        ("institution=bjorko&aspect=method", set(), "Metod · Björkö universitet"),
    ],
)
def test_what_is_chosen_is_what_stands(client, cast, told, query, stands, words):
    client.sign_in(cast.representative)
    page = client.get(f"{told}?{query}")
    written = {prose.text for prose in page.root.all("div") if prose.attrs.get("class") == "prose"}
    assert written & ALL == stands
    assert f"Visar bara: {words}." in page.text
    assert told in page.links
    assert ("Inga inlägg i tråden passar det du har valt." in page.text) == (not stands)
    current = [link.text for link in page.root.all("a") if link.attrs.get("aria-current") == "true"]
    assert set(words.split(" · ")) <= set(current)


def test_what_does_not_exist_narrows_nothing(client, cast, told):
    client.sign_in(cast.representative)
    page = client.get(f"{told}?phase=nu&aspect=x&factor=&relation=like&institution=ingen&first=-3&to=x")
    assert "Visar bara" not in page.text
    assert all(post in page.text for post in ALL)


def test_the_map_counts_each_relation_and_adds_nothing_up(client, make, cast, told):
    client.sign_in(cast.representative)
    (relations,) = [
        nav for nav in client.get(told).root.all("nav") if "förhåller sig" in nav.attrs.get("aria-label", "")
    ]
    assert [link.text for link in relations.all("a")] == ["1 liknande", "2 frågar"]
    assert [link.attrs["href"] for link in relations.all("a")] == [
        f"{told}?relation=similar",
        f"{told}?relation=asks",
    ]
    quiet = client.get(f"/threads/{cast.thread.id}")
    assert "förhåller sig till" not in quiet.html


def test_a_narrowed_view_is_read_page_by_page_both_ways(client, make, cast):
    for number in range(1, 121):
        make.post(cast.thread, cast.steering, f"Nr{number:03}.", factor=Factor.NEITHER)
        make.post(cast.thread, cast.steering, "Annat.", factor=Factor.HELPING)
    client.sign_in(cast.representative)

    def numbers(page):
        return [word for word in page.text.split() if word.startswith("Nr")]

    def way(page, rel):
        return next((a.attrs["href"] for a in page.root.all("a") if a.attrs.get("rel") == rel), None)

    page = client.get(f"/threads/{cast.thread.id}?factor=neither")
    read = numbers(page)
    while later := way(page, "next"):
        page = client.get(later)
        read += numbers(page)
    assert read == [f"Nr{number:03}." for number in range(1, 121)]
    page = client.get(way(page, "prev"))
    assert numbers(page) == [f"Nr{number:03}." for number in range(51, 101)]
    page = client.get(way(page, "prev"))
    assert numbers(page) == [f"Nr{number:03}." for number in range(1, 51)]
    assert way(page, "prev") is None


def test_a_former_member_is_shown_nothing_newer_by_a_filter(client, make, cast):
    make.post(cast.old_thread, cast.representative, "Skrivet långt senare.", mandate=cast.mandate)
    client.sign_in(cast.former)
    page = client.get(f"/threads/{cast.old_thread.id}?aspect=method")
    assert cast.old_post.body in page.text
    assert "Skrivet långt senare." not in page.text
    with make.session() as session:
        session.get(Thread, cast.old_thread.id).similar = 1
    assert "1 liknande" not in client.get(f"/threads/{cast.old_thread.id}").text
    assert "1 liknande" in client.another().sign_in(cast.steering).get(f"/threads/{cast.old_thread.id}").text


def test_a_fold_hides_from_filters_too(client, make, cast):
    with make.session() as session:
        session.get(Thread, cast.thread.id).write_first = True
    client.sign_in(cast.steering)
    for query in ("", "?aspect=method", "?view=sides", "?view=sides&aspect=method"):
        assert cast.post.body not in client.get(f"/threads/{cast.thread.id}{query}").text, query


def test_the_sides_are_read_by_institution(client, make, cast):
    for number in range(VOICES + 5):
        mandate = make.mandate(institution=make.institution(f"A{number:02}-högskolan"))
        member = make.member()
        make.post(cast.thread, member, f"Från A{number:02}.", mandate=mandate)
    for number in range(7):
        make.post(cast.thread, cast.representative, f"Mycket {number}.", mandate=cast.mandate)
    client.sign_in(cast.representative)
    first = client.get(f"/threads/{cast.thread.id}?view=sides")
    assert "Från A00." in first.text
    assert "Från A39." in first.text
    assert "Från A40." not in first.text
    (later,) = [a.attrs["href"] for a in first.root.all("a") if a.attrs.get("rel") == "next"]
    rest = client.get(later)
    assert "Från A40." in rest.text
    assert "Från A00." not in rest.text
    assert "Mycket 3." in rest.text
    assert "och 3 till" in rest.text
    assert f"/threads/{cast.thread.id}?phase=before&institution=bjorko" in rest.links
    narrowed = client.get(f"/threads/{cast.thread.id}?view=sides&aspect=driver")
    assert "Inga erfarenheter passar det du har valt." in narrowed.text
