"""The steering group names the ends of an axis; nobody else's dot is ever given another meaning."""

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.breadth.models import Axis, Look
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from tests.breadth.strips import HIGH, LOW, axis, dot, dots, page_of, place

ENDS = {"low_end": LOW, "high_end": HIGH}


def axes(make):
    with make.session() as session:
        return [(one.low_end, one.high_end, one.removed_at is None) for one in session.scalars(select(Axis))]


def name_ends(client, cast, **ends):
    here = page_of(cast)
    return client.post(f"{here}/revisions", ENDS | ends, f"{here}/edit")


@pytest.mark.any_database
def test_an_axis_is_set_and_shown_on_the_question(client, make, cast):
    client.sign_in(cast.steering)
    question = f"/questions/{cast.question.id}"
    assert f"{question}/breadth/edit" in client.get(question).links
    page = name_ends(client, cast)
    assert (page.status, page.path) == (200, question)
    assert "Frågan har en breddremsa: placera dig." in page.text
    assert axes(make) == [(LOW, HIGH, True)]
    page = client.sign_in(cast.representative).get(question)
    assert "Frågan har en breddremsa: placera dig." in page.text
    assert (LOW in page.text, HIGH in page.text) == (True, True)
    assert page.form(f"{question}/breadth/dots")["version"] == "1"
    assert f"{question}/breadth/edit" not in page.links
    with make.session() as session:
        assert "breadth:set" in session.scalars(select(AuditEntry.act)).all()
        assert session.scalars(select(Letter)).all() == []


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({"low_end": ""}, "Skriv vad den ena änden heter."),
        ({"high_end": " "}, "Skriv vad den andra änden heter."),
        ({"high_end": LOW.upper()}, "Ändarna behöver heta olika."),
        ({"high_end": "å" * 61}, "högst 60 tecken"),
    ],
)
def test_ends_need_names_of_their_own(client, make, cast, ends, said):
    client.sign_in(cast.convenor)
    page = name_ends(client, cast, **ends)
    assert (page.status, said in page.text, axes(make)) == (422, True, [])
    assert page.title.startswith("Fel:")


@pytest.mark.parametrize("version", ["", "-1", "nej", "9" * 40, "7"])
def test_a_form_of_no_known_version_is_a_clash_once_there_is_an_axis(client, make, cast, version):
    axis(make, cast)
    client.sign_in(cast.steering)
    clash = name_ends(client, cast, low_end="nytt", version=version)
    assert (clash.status, axes(make)) == (409, [(LOW, HIGH, True)])
    client.sign_in(cast.representative)
    assert (place(client, cast, 30, version=version).status, dots(make)) == (409, [])


@pytest.mark.any_database
def test_of_two_who_name_the_ends_the_second_is_told(client, make, cast):
    here = page_of(cast)
    client.sign_in(cast.steering)
    first = client.get(f"{here}/edit").form(f"{here}/revisions")
    name_ends(client.another().sign_in(cast.coordinator), cast, low_end="först")
    clash = client.post(f"{here}/revisions", first | ENDS)
    assert (clash.status, "först" in clash.text, axes(make)) == (409, True, [("först", HIGH, True)])
    filled = clash.form(f"{here}/revisions")
    assert (filled["low_end"], filled["version"]) == (LOW, "1")
    assert client.post(f"{here}/revisions", filled).status == 200
    assert axes(make) == [(LOW, HIGH, True)]
    assert "Inget var ändrat." in client.post(f"{here}/revisions", filled).text


@pytest.mark.any_database
def test_ends_stay_once_somebody_stands_between_them(client, make, cast):
    here = page_of(cast)
    axis(make, cast)
    client.sign_in(cast.steering)
    early = client.get(f"{here}/edit").form(f"{here}/revisions")
    place(client.another().sign_in(cast.representative), cast, 30)
    refused = client.post(f"{here}/revisions", early | {"low_end": "något annat"})
    assert (refused.status, "så namnen kan inte ändras" in refused.text) == (409, True)
    assert "så namnen kan inte ändras" in client.get(f"{here}/edit").text
    with pytest.raises(KeyError):
        client.get(f"{here}/edit").form(f"{here}/revisions")
    assert axes(make) == [(LOW, HIGH, True)]


@pytest.mark.any_database
def test_an_axis_without_dots_is_taken_away_and_may_come_again(client, make, cast):
    here = page_of(cast)
    axis(make, cast)
    client.sign_in(cast.representative)
    client.post(f"{here}/looks", form_on=here)
    stale = client.get(f"/questions/{cast.question.id}").links
    client.sign_in(cast.steering)
    assert "Ta bort breddremsan?" in client.get(f"{here}/ending").text
    gone = client.post(f"{here}/endings", form_on=f"{here}/ending")
    assert (gone.status, "Breddremsan är borttagen." in gone.text) == (200, True)
    assert here in stale
    for who in (cast.steering, cast.representative):
        assert client.sign_in(who).get(here).status == 404
    assert LOW not in client.get(f"/questions/{cast.question.id}").text
    client.sign_in(cast.steering)
    assert client.get(f"{here}/edit").form(f"{here}/revisions")["low_end"] == ""
    assert client.post(f"{here}/endings", {"csrf_token": client.token()}).status == 409
    name_ends(client, cast, low_end="nytt")
    assert axes(make) == [("nytt", HIGH, True)]
    with make.session() as session:
        assert session.scalars(select(Look)).all() == []


@pytest.mark.any_database
def test_an_axis_with_dots_is_closed_and_keeps_them(client, make, cast):
    here = page_of(cast)
    axis(make, cast)
    place(client.sign_in(cast.representative), cast, 30, "Vi styr det härifrån.")
    form = client.get(here).form(f"{here}/dots")
    steering = client.another().sign_in(cast.steering)
    assert "Stäng breddremsan?" in steering.get(f"{here}/ending").text
    assert "Prickarna står kvar." in steering.post(f"{here}/endings", form_on=f"{here}/ending").text
    page = client.get(here)
    assert "Vi styr det härifrån." in page.text
    with pytest.raises(KeyError):
        page.form(f"{here}/dots")
    late = client.post(f"{here}/dots", form | {"place": "80"})
    assert (late.status, "Breddremsan är stängd." in late.text) == (409, True)
    assert [one.place for one in dots(make)] == [30]
    assert "öppen igen" in steering.post(f"{here}/openings", form_on=f"{here}/edit").text
    assert place(client, cast, 80).status == 200
    again = steering.post(f"{here}/openings", {"csrf_token": steering.token()})
    assert (again.status, "inte stängd" in again.text) == (409, True)


@pytest.mark.parametrize("who", ["representative", "other_representative", "former", "guest", "host"])
def test_only_the_steering_group_sets(client, make, cast, who):
    here, held = page_of(cast), who in ("representative", "other_representative")
    client.sign_in(getattr(cast, who))
    for stands in (False, True):
        if stands:
            axis(make, cast, set_at=clock.now())
        for path in (f"{here}/edit", f"{here}/ending"):
            assert client.get(path).status == (403 if held else 404)
        for path in (f"{here}/revisions", f"{here}/endings", f"{here}/openings"):
            assert client.post(path, ENDS).status == (403 if held else 404)
    assert axes(make) == [(LOW, HIGH, True)]


def test_a_question_that_became_part_of_another_keeps_its_strip_closed(client, make, cast):
    other, here = make.question("Den andra"), page_of(cast)
    client.sign_in(cast.steering)
    early = client.get(f"{here}/edit").form(f"{here}/revisions")
    with make.session() as session:
        session.merge(cast.question).merged_into_id = other.id
    refused = client.post(f"{here}/revisions", early | ENDS)
    assert (refused.status, axes(make)) == (409, [])
    assert "en del av en annan fråga" in client.get(f"{here}/edit").text
    axis(make, cast)
    dot(make, cast, cast.steering, 20, "Så var det.", cast.institution)
    assert here in client.get(f"/questions/{other.id}").links
    assert "Så var det." in client.get(here).text
    sent = {"place": "10", "sentence": "Nu.", "version": "1", "csrf_token": client.token()}
    assert client.post(f"{here}/dots", sent).status == 409


def test_a_dot_that_was_taken_away_still_holds_the_ends(client, make, cast):
    axis(make, cast)
    dot(make, cast, cast.representative, 20, institution=cast.institution)
    dot(make, cast, cast.representative, None, "", institution=cast.institution)
    assert "så namnen kan inte ändras" in client.sign_in(cast.steering).get(f"{page_of(cast)}/edit").text
