"""How a meeting was closed can be worded anew; the earlier wording stays, and no letter goes unasked."""

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.minutes.models import Closing, ClosingRevision
from tests.minutes.held import everyone, hold, told

TWO = {"observation1": "Det går att börja litet.", "observation2": "Det går inte att börja litet."}
OTHER = TWO | {"observation2": "Det gick inte hos oss.", "carried_on": "Salarna."}


@pytest.fixture
def closed(client, make, cast):
    meeting = hold(make, cast.meeting)
    at = f"/meetings/{meeting.slug}"
    client.sign_in(cast.coordinator).post(f"{at}/closings", TWO, f"{at}/close")
    return meeting


def correct(client, meeting, **data):
    at = f"/meetings/{meeting.slug}/closing"
    return client.post(f"{at}/revisions", data, f"{at}/edit")


def history(client, meeting):
    return client.get(f"/meetings/{meeting.slug}/closing/revisions")


@pytest.mark.any_database
def test_a_closing_is_corrected_and_the_earlier_wording_stays(client, make, cast, closed):
    page = correct(client, closed, **OTHER)
    assert (page.status, page.path) == (200, f"/meetings/{closed.slug}")
    for said in ("Det gick inte hos oss.", "Salarna.", "Ändrat"):
        assert said in page.text
    assert TWO["observation2"] not in page.text
    assert told(make, "closing:").keys() == everyone(cast)
    assert told(make, f"closing:{closed.id}:changed") == {}
    with make.session() as session:
        kept = session.scalars(select(ClosingRevision)).one()
        assert (kept.number, kept.observations) == (1, list(TWO.values()))
        assert session.scalars(select(Closing)).one().version == 2
        acts = session.scalars(select(AuditEntry.act)).all()
        assert acts.count("closing:correct") == 1
        assert "hos oss" not in str([entry.details for entry in session.scalars(select(AuditEntry))])
    seen = history(client.sign_in(cast.representative), closed)
    assert TWO["observation2"] in seen.text
    assert "Elin Kvist" in seen.text
    assert any("hos oss." in part.text for part in seen.root.all("ins"))


def test_words_left_as_they_were_make_no_wording(client, make, cast, closed):
    assert "Inget var ändrat." in correct(client, closed).text
    with make.session() as session:
        assert session.scalars(select(ClosingRevision)).all() == []
    assert f"/meetings/{closed.slug}/closing/revisions" not in client.get(f"/meetings/{closed.slug}").links


@pytest.mark.any_database
def test_the_network_is_told_when_asked_and_once(client, make, cast, closed):
    assert "Nätverket får veta" in correct(client, closed, **OTHER, tell="1").text
    letters = told(make, "closing:")
    assert letters.keys() == everyone(cast)
    letter = letters[cast.representative.id]
    assert letter.subject == "Ändrat avslut: Träff i Björkö"
    assert "Det gick inte hos oss." in letter.plain
    assert letter.seen_at is None
    correct(client, closed, tell="1")
    again = told(make, "closing:")
    assert {one.id: one.seen_at for one in again.values()} == {one.id: None for one in letters.values()}
    with make.session() as session:
        assert session.scalars(select(ClosingRevision.number)).all() == [1]


@pytest.mark.any_database
def test_of_two_who_correct_the_second_sees_what_stands_there(client, make, cast, closed):
    at = f"/meetings/{closed.slug}/closing"
    mine = client.get(f"{at}/edit").form(f"{at}/revisions") | {"observation1": "Mitt eget."}
    correct(client.another().sign_in(cast.coordinator), closed, **OTHER)
    clash = client.post(f"{at}/revisions", mine)
    assert (clash.status, clash.title.startswith("Fel:")) == (409, True)
    assert "Det gick inte hos oss." in clash.text
    filled = clash.form(f"{at}/revisions")
    assert (filled["observation1"], filled["version"]) == ("Mitt eget.", "2")
    assert client.post(f"{at}/revisions", filled).status == 200
    with make.session() as session:
        assert session.scalars(select(ClosingRevision.number)).all() == [1, 2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"observation2": ""}, "minst två iakttagelser"),
        ({"observation2": TWO["observation1"]}, "likadana"),
        ({"only_one_view": "1"}, "Välj det ena"),
        ({"carried_on": "å" * 2001}, "högst 2000 tecken"),
    ],
)
def test_what_could_not_close_a_meeting_is_refused(client, make, cast, closed, data, said):
    refused = correct(client, closed, **data)
    assert (refused.status, said in refused.text) == (422, True)
    with make.session() as session:
        assert session.scalars(select(ClosingRevision)).all() == []


def test_others_read_the_wordings_and_change_none(client, make, cast, closed):
    correct(client, closed, **OTHER)
    at = f"/meetings/{closed.slug}/closing"
    for who, reads in ((cast.steering, 200), (cast.guest, 404), (cast.host, 404), (cast.former, 404)):
        client.sign_in(who)
        refused = 404 if who is cast.former else 403
        assert client.get(f"{at}/edit").status == refused
        assert client.post(f"{at}/revisions", OTHER).status == refused
        assert history(client, closed).status == reads


def test_a_meeting_that_is_not_closed_has_nothing_to_correct(client, make, cast):
    held = hold(make, cast.meeting)
    client.sign_in(cast.coordinator)
    at = f"/meetings/{held.slug}/closing"
    assert client.get(f"{at}/edit").status == history(client, held).status == 404
    assert client.post(f"{at}/revisions", TWO).status == 404


def test_the_wordings_cost_the_same_few_statements_however_many(client, make, cast, closed, statements):
    correct(client, closed, **OTHER)
    with statements() as few:
        history(client, closed)
    for number in range(4):
        correct(client, closed, carried_on=f"Nummer {number}.")
    with statements() as many:
        history(client, closed)
    assert len(few) == len(many)


@pytest.mark.parametrize("path", ["closings", "closing/revisions"])
def test_what_was_written_is_there_to_copy_when_the_session_is_gone(client, make, cast, closed, path):
    answer = client.another().raw.post(f"/meetings/{closed.slug}/{path}", data=OTHER | {"password": "a b"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert all(said in page for said in (OTHER["observation1"], OTHER["observation2"]))
    assert "a b" not in page
