"""A member places a dot and says why, moves it, and takes it away; what was before is kept as a trail."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.breadth.models import Axis
from kloss_intranet.breadth.views.words import nearness
from kloss_intranet.core import clock
from kloss_intranet.meetings.models import MeetingState
from tests.breadth.strips import HIGH, LOW, axis, dot, dots, page_of, place


@pytest.mark.any_database
def test_a_dot_is_placed_moved_and_taken_away(client, make, cast):
    here = page_of(cast)
    axis(make, cast)
    client.sign_in(cast.representative)
    page = place(client, cast, 15, "Rektor har gett oss uppdraget.")
    assert (page.status, page.path) == (200, here)
    assert f"Din prick står nära ’{LOW}’" in page.text
    page = place(client, cast, 66, "Ämnena har tagit över.")
    assert f"Din prick står närmare ’{HIGH}’" in page.text
    for said in ("Ämnena har tagit över.", f"Tidigare: nära ’{LOW}’", "Rektor har gett oss uppdraget."):
        assert said in page.text
    assert "Inget var ändrat." in place(client, cast, 66, "Ämnena har tagit över.").text
    kept = [(one.place, one.signed_name, one.institution_id) for one in dots(make)]
    assert kept == [(15, "Agnes Björk", cast.institution.id), (66, "Agnes Björk", cast.institution.id)]
    page = client.post(f"{here}/withdrawals", form_on=here)
    assert ("Din prick är borttagen." in page.text, "Ämnena har tagit över." in page.text) == (True, False)
    assert "Ingen står på remsan just nu." in page.text
    assert client.post(f"{here}/withdrawals", {"csrf_token": client.token()}).status == 409
    page = place(client, cast, 50, "Nu åter.")
    assert ("mitt emellan" in page.text, "Rektor har gett" in page.text) == (True, False)
    with make.session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.act.startswith("dot:"))).all()
        assert [entry.act for entry in entries] == ["dot:place", "dot:place", "dot:take-away", "dot:place"]
        assert "Rektor" not in str([entry.details for entry in entries])


@pytest.mark.parametrize(
    ("at", "sentence", "said"),
    [
        ("", "Därför.", "Välj en plats på remsan."),
        ("101", "Därför.", "Välj en plats på remsan."),
        ("-1", "Därför.", "Välj en plats på remsan."),
        ("9" * 40, "Därför.", "Välj en plats på remsan."),
        ("mitt i", "Därför.", "Värdet går inte att läsa."),
        ("40", "\0", "Skriv en mening om varför ni står där."),
        ("40", "  ", "Skriv en mening om varför ni står där."),
        ("40", "å" * 301, "högst 300 tecken"),
    ],
)
def test_a_place_and_a_reason_are_needed(client, make, cast, at, sentence, said):
    axis(make, cast)
    client.sign_in(cast.representative)
    page = place(client, cast, at, sentence)
    assert (page.status, said in page.text, dots(make)) == (422, True, [])
    assert page.title.startswith("Fel:")
    if sentence == "Därför.":
        assert page.form(f"{page_of(cast)}/dots")["sentence"] == sentence


@pytest.mark.any_database
def test_a_dot_is_not_put_between_other_ends_than_the_member_saw(client, make, cast):
    here = page_of(cast)
    axis(make, cast)
    form = client.sign_in(cast.representative).get(here).form(f"{here}/dots")
    with make.session() as session:
        kept = session.get(Axis, cast.question.id)
        kept.low_end, kept.version = "något helt annat", 2
    sent = form | {"place": "0", "sentence": "För att."}
    refused = client.post(f"{here}/dots", sent)
    assert (refused.status, dots(make)) == (409, [])
    for said in ("har ändrats sedan du öppnade sidan", "något helt annat"):
        assert said in refused.text
    again = refused.form(f"{here}/dots")
    assert (again["place"], again["sentence"], again["version"]) == ("0", "För att.", "2")
    assert client.post(f"{here}/dots", again).status == 200
    assert len(dots(make)) == 1


def test_a_place_that_is_no_step_stands_among_the_steps(client, make, cast):
    axis(make, cast)
    client.sign_in(cast.representative)
    place(client, cast, 37)
    form = client.get(page_of(cast)).form(f"{page_of(cast)}/dots")
    assert (form["place"], form["sentence"]) == ("37", "Vi gör så här.")


def test_a_successor_takes_the_seats_place_and_keeps_the_trail(client, make, cast):
    axis(make, cast)
    before = make.member("Yngve Förr", title="prorektor")
    dot(make, cast, before, 10, "Så tänkte jag.", cast.institution)
    client.sign_in(cast.representative)
    assert "Så tänkte jag." not in client.get(page_of(cast)).text
    page = place(client, cast, 90, "Så tänker vi nu.")
    assert [row.text.count("Björkö universitet") for row in page.root.all("tbody")] == [1]
    for said in ("Så tänker vi nu.", "Så tänkte jag.", "Yngve Förr, prorektor"):
        assert said in page.text


def test_somebody_without_a_seat_stands_by_name(client, make, cast):
    axis(make, cast)
    page = place(client.sign_in(cast.convenor), cast, 5, "Som jag ser det.")
    assert "David Öhrn" in page.root.all("tbody")[0].text


def test_dots_before_and_after_the_meeting_are_told_apart(client, make, cast):
    ends_at = clock.now() - timedelta(days=3)
    with make.session() as session:
        kept = session.merge(cast.meeting)
        kept.starts_at, kept.ends_at, kept.state = ends_at - timedelta(days=2), ends_at, MeetingState.HELD
    axis(make, cast)
    when = {"placed_at": ends_at - timedelta(days=4)}
    dot(make, cast, cast.representative, 10, "Före.", cast.institution, **when)
    dot(make, cast, cast.representative, 70, "Efteråt.", cast.institution)
    page = client.sign_in(cast.representative).get(page_of(cast))
    rows = [row.text for row in page.root.all("tbody")[0].all("tr")]
    assert ["Efter" in rows[0], "Inför" in rows[1], "Före." in rows[1]] == [True, True, True]
    assert cast.meeting.title in page.text


def test_a_meeting_that_was_over_when_the_axis_was_set_parts_nothing(client, make, cast):
    axis(make, cast)
    dot(make, cast, cast.representative, 10, institution=cast.institution)
    page = client.sign_in(cast.representative).get(page_of(cast))
    assert f"Inför och efter gäller träffen {cast.meeting.title}" in page.text
    with make.session() as session:
        session.merge(cast.meeting).state = MeetingState.CANCELLED
    assert "Inför och efter" not in client.get(page_of(cast)).text


@pytest.mark.parametrize("who", ["former", "guest", "host"])
def test_nobody_outside_the_network_places_or_looks(client, make, cast, who):
    axis(make, cast)
    client.sign_in(getattr(cast, who))
    for act in ("dots", "looks", "withdrawals"):
        sent = {"place": "10", "sentence": "Jag.", "version": "1", "csrf_token": client.token()}
        assert client.post(f"{page_of(cast)}/{act}", sent).status == 404
    assert dots(make) == []


def test_every_place_has_words(app):
    strip = Axis(low_end="vänster", high_end="höger")
    with app.test_request_context():
        words = [nearness(place, strip) for place in range(101)]
    assert list(dict.fromkeys(words)) == [
        *("vid ’vänster’", "nära ’vänster’", "närmare ’vänster’", "mitt emellan"),
        *("närmare ’höger’", "nära ’höger’", "vid ’höger’"),
    ]
    assert words[50] == "mitt emellan"
    assert [words.count(word) for word in dict.fromkeys(words)] == [3, 22, 20, 11, 20, 22, 3]
