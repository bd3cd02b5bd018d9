"""The picture: one dot for each institution, never a figure drawn from them together, and words for few."""

import itertools
import re
import statistics

import pytest

from kloss_intranet.breadth.models import Dot
from kloss_intranet.breadth.queries import stands
from kloss_intranet.breadth.views.drawing import DOT, draw
from kloss_intranet.members.models import Institution, InstitutionKind
from tests.breadth.strips import HIGH, LOW, axis, dot, others, page_of, place

PLACES = (3, 17, 88, 91, 92)


def stood(*trails):
    """A stand for each trail of places, of institutions in the order given."""
    seats = [
        Institution(id=number, short_name=f"H{number}", sort_key=str(number)) for number in range(len(trails))
    ]
    rows = [
        Dot(id=step * 100 + seat.id, institution_id=seat.id, institution=seat, member_id=seat.id, place=at)
        for seat, trail in zip(seats, trails, strict=True)
        for step, at in enumerate(trail)
    ]
    return stands(sorted(rows, key=lambda row: row.id))


def test_a_dot_stands_at_its_place_and_its_trail_beside_it():
    picture = draw(stood([10], [20, 60], [90, 90, 70]))
    assert [(mark.x, mark.trail) for mark in picture.marks] == [(10, ()), (60, (20,)), (70, (90,))]
    assert picture.marks[2].reach == (70, 90)


@pytest.mark.parametrize("trails", [[[50]] * 7, [[0], [1], [2], [100], [99]], [[0, 100], [50], [20, 80]]])
def test_dots_that_overlap_are_stacked(trails):
    marks = draw(stood(*trails)).marks
    for one, other in itertools.combinations(marks, 2):
        apart = one.reach[1] + DOT <= other.reach[0] - DOT or other.reach[1] + DOT <= one.reach[0] - DOT
        assert one.y != other.y or apart


def test_the_picture_is_as_high_as_its_stack():
    low, high = draw(stood([10], [50], [90])), draw(stood(*[[50]] * 9))
    assert len({mark.y for mark in low.marks}) == 1
    assert len({mark.y for mark in high.marks}) == 9
    assert all(0 < mark.y < high.height for mark in high.marks)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_few_are_told_in_words(client, make, cast, number):
    assert draw(stood(*[[50]] * number)) is None
    axis(make, cast)
    place(client.sign_in(cast.representative), cast, 30)
    others(make, cast, *range(60, 60 + number - 1))
    for path in (page_of(cast), f"/questions/{cast.question.id}"):
        page = client.get(path)
        assert "<svg role" not in page.html
        assert f"närmare ’{LOW}’" in page.text
    others(make, cast, 40, 41, 42)
    for path in (page_of(cast), f"/questions/{cast.question.id}"):
        assert "<svg role" in client.get(path).html


@pytest.mark.any_database
def test_the_picture_and_the_words_say_the_same_in_swedish_order(client, make, cast):
    axis(make, cast)
    for name, at in (("Örby", 10), ("Zinkby", 30), ("Åby", 50), ("Ärleby", 70), ("Aby", 100)):
        seat = make.institution(name, short_name=name)
        dot(make, cast, make.member(), at, f"Därför i {name}.", seat)
    page = place(client.sign_in(cast.representative), cast, 0)
    in_order = ["Aby", "Björkö universitet", "Zinkby", "Åby", "Ärleby", "Örby"]
    rows = page.root.all("tbody")[0].all("tr")
    assert [next(name for name in in_order if name in row.text) for row in rows] == in_order
    (picture,) = [each for each in page.root.all("svg") if each.attrs.get("role") == "img"]
    assert [title.text.split(":")[0] for title in picture.all("title")] == in_order
    for row, title in zip(rows, picture.all("title"), strict=True):
        assert title.text.split(": ")[1] in row.text
    assert HIGH in picture.attrs["aria-label"]


def test_types_are_drawn_apart_and_few_of_a_type_in_words(client, make, cast):
    axis(make, cast)
    others(make, cast, 10, 20, 30, kind=InstitutionKind.UNIVERSITY)
    others(make, cast, 70, 80, kind=InstitutionKind.ARTS)
    client.sign_in(cast.representative)
    place(client, cast, 50)
    page = client.get(f"{page_of(cast)}?by=kind")
    assert [heading.text for heading in page.root.all("h3")] == [
        "Universitet",
        "Konstnärliga högskolor",
        "Utan angiven typ",
    ]
    assert len([each for each in page.root.all("svg") if each.attrs.get("role") == "img"]) == 1
    assert page.text.count("för få platser för en bild") == 2
    assert len(page.root.all("table")) == 3
    assert "Konstnärliga högskolor" not in client.get(f"{page_of(cast)}?by=no-such").text


@pytest.mark.any_database
def test_nothing_is_made_of_the_places_together(client, make, cast, statements):
    axis(make, cast)
    others(make, cast, *PLACES)
    client.sign_in(cast.steering)
    client.post(f"{page_of(cast)}/looks", form_on=page_of(cast))
    made = {statistics.mean(PLACES), statistics.median(PLACES), sum(PLACES), statistics.pstdev(PLACES)}
    figures = {f"{figure:{form}}" for figure in made - {*PLACES} for form in ("g", ".1f", ".2f", ".0f")}
    figures |= {figure.replace(".", ",") for figure in figures}
    for path in (page_of(cast), f"{page_of(cast)}?by=kind", f"/questions/{cast.question.id}"):
        with statements() as sent:
            page = client.get(path)
        drawn = [each for each in page.root.all("section") if "Lärosätenas platser" in each.text]
        said = " ".join(each.text for each in drawn)
        assert not [figure for figure in figures if re.search(rf"(?<![\d.,]){figure}(?![\d.,])", said)]
        for word in ("medel", "median", "summa", "antal", "spridning", "genomsnitt"):
            assert word not in said.casefold()
        asked = [line for line in sent if "dots" in line]
        assert asked
        assert not [line for line in asked if re.search(r"\b(avg|sum|count|min|max)\s*\(", line, re.I)]


@pytest.mark.any_database
def test_the_pages_cost_the_same_few_statements_however_many_stand_there(client, make, cast, statements):
    axis(make, cast)
    place(client.sign_in(cast.representative), cast, 30)
    costs = []
    for _ in range(2):
        spent = []
        for path in (page_of(cast), f"{page_of(cast)}?by=kind", f"/questions/{cast.question.id}"):
            client.get(path)
            with statements() as sent:
                client.get(path)
            spent.append(len(sent))
        costs.append(spent)
        others(make, cast, *range(0, 100, 9))
        place(client, cast, 70, "Vi har flyttat oss.")
    assert costs[0] == costs[1]
    assert costs[0][0] <= 12
