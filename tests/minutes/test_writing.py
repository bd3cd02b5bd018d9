"""Minutes are written item by item, never over somebody else's words, and read as one page."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.meetings.models import MeetingState
from kloss_intranet.minutes.models import Entry, EntryRevision
from kloss_intranet.minutes.services import writing
from tests.minutes.held import hold, page_of, write


@pytest.fixture
def held(make, cast):
    return hold(make, cast.meeting)


def entries(make):
    with make.session() as session:
        return session.scalars(select(Entry).order_by(Entry.id)).all()


@pytest.mark.any_database
def test_what_was_said_is_written_and_read_as_one_page(client, make, cast, held):
    client.sign_in(cast.steering)
    other = make.agenda_item(held, "Salar", position=90, responsible="Birger")
    page = write(client, cast.item, "Vi hörde tre sätt.\n\n- Ett\n- Två")
    assert (page.status, page.path) == (200, page_of(held))
    assert "Vi hörde tre sätt." in page.text
    assert "Inget är antecknat." in page.text
    assert other.title in page.text
    whole = f"{page_of(held)}/edit"
    page = client.post(f"{page_of(held)}/revisions", {"body": "Det regnade."}, whole)
    for said in ("Det regnade.", "Orten", "Björkö universitet", "Om träffen som helhet"):
        assert said in page.text
    assert {entry.agenda_item_id for entry in entries(make)} == {None, cast.item.id}
    assert "Inget var ändrat." in write(client, cast.item, "Vi hörde tre sätt.\n\n- Ett\n- Två").text
    with make.session() as session:
        assert session.scalars(select(AuditEntry.act)).all().count("minutes:write") == 2
        assert "regnade" not in str([entry.details for entry in session.scalars(select(AuditEntry))])


def test_looks_are_kept_and_made_harmless(client, make, cast, held):
    client.sign_in(cast.steering)
    write(client, cast.item, "<h3>Rubrik</h3><p>Och <b onclick=x>fet</b></p>", format="html")
    assert entries(make)[0].body_html == "<h3>Rubrik</h3><p>Och <strong>fet</strong></p>"
    write(client, cast.item, entries(make)[0].body, version="1")
    assert "<strong>" in entries(make)[0].body_html


def test_a_preview_writes_nothing(client, make, cast, held):
    client.sign_in(cast.steering)
    page = write(client, cast.item, "Nästan klart.", preview="1")
    assert "Förhandsgranskning" in page.text
    assert page.form(f"/agenda-items/{cast.item.id}/minutes/revisions")["body"] == "Nästan klart."
    assert entries(make) == []


@pytest.mark.parametrize("body", ["", "å" * (writing.LONGEST + 1)])
def test_nothing_and_too_much_are_refused(client, make, cast, held, body):
    client.sign_in(cast.steering)
    refused = write(client, cast.item, body)
    assert (refused.status, entries(make)) == (422, [])
    assert refused.title.startswith("Fel:")


@pytest.mark.any_database
def test_of_two_who_write_the_second_sees_both_texts(client, make, cast, held):
    write(client.sign_in(cast.steering), cast.item, "Först stod det så här.")
    other = client.another().sign_in(cast.coordinator)
    write(other, cast.item, "Först stod det så.")
    clash = write(client, cast.item, "Först stod det alls inte så här.", version="1")
    assert clash.status == 409
    for said in ("har ändrats sedan du öppnade", "Först stod det så.", "alls inte"):
        assert said in clash.text
    assert [entry.body for entry in entries(make)] == ["Först stod det så."]
    filled = clash.form(f"/agenda-items/{cast.item.id}/minutes/revisions")
    assert (filled["body"], filled["version"]) == ("Först stod det alls inte så här.", "2")
    assert client.post(f"/agenda-items/{cast.item.id}/minutes/revisions", filled).status == 200
    assert [entry.body for entry in entries(make)] == ["Först stod det alls inte så här."]
    with make.session() as session:
        kept = session.scalars(select(EntryRevision).order_by(EntryRevision.number)).all()
    assert [(one.number, one.body) for one in kept] == [
        (1, "Först stod det så här."),
        (2, "Först stod det så."),
    ]
    assert kept[1].written_by_id == cast.coordinator.id


@pytest.mark.any_database
def test_of_two_who_begin_the_second_is_told(client, make, cast, held):
    other = client.another().sign_in(cast.coordinator)
    here = f"/agenda-items/{cast.item.id}/minutes"
    filled = client.sign_in(cast.steering).get(f"{here}/edit").form(f"{here}/revisions")
    write(other, cast.item, "Jag hann före.")
    clash = client.post(f"{here}/revisions", filled | {"body": "Jag började också."})
    assert (clash.status, "Jag hann före." in clash.text) == (409, True)
    assert len(entries(make)) == 1


def test_wordings_are_shown_with_what_differs(client, make, cast, held):
    client.sign_in(cast.steering)
    write(client, cast.item, "Tre sätt hördes.")
    assert write(client, cast.item, "Fyra sätt hördes.").status == 200
    page = client.get(f"/agenda-items/{cast.item.id}/minutes/revisions")
    assert [part.text.split()[-2] for part in page.root.all("del", "ins")] == ["Tre", "Fyra"]
    assert "Cecilia Älv" in page.text
    assert client.get(f"{page_of(held)}/revisions").status == 404


@pytest.mark.parametrize("who", ["guest", "host", "former", "representative", "other_representative"])
def test_only_the_steering_group_knows_of_what_is_not_published(client, make, cast, held, who):
    write(client.sign_in(cast.steering), cast.item, "Än så länge för oss.")
    client.sign_in(getattr(cast, who))
    for path in (
        page_of(held),
        f"{page_of(held)}/edit",
        f"/agenda-items/{cast.item.id}/minutes/edit",
        f"/agenda-items/{cast.item.id}/minutes/revisions",
    ):
        assert client.get(path).status == 404, path
    sent = {"body": "Mitt", "version": "1"}
    assert client.post(f"/agenda-items/{cast.item.id}/minutes/revisions", sent).status == 404
    for path in (f"/meetings/{held.slug}", f"/questions/{cast.question.id}"):
        assert "Än så länge för oss." not in client.get(path).text


def test_a_cancelled_meeting_has_no_minutes(client, make, cast, held):
    with make.session() as session:
        session.merge(held).state = MeetingState.CANCELLED
    client.sign_in(cast.steering)
    refused = write(client, cast.item, "Ändå.")
    assert (refused.status, "Träffen är inställd." in refused.text) == (409, True)
    assert entries(make) == []


def test_the_page_leads_to_the_minutes_before_and_after(client, make, cast, held):
    client.sign_in(cast.steering)
    old = make.meeting("Den allra första", starts_at=clock.now() - timedelta(days=900))
    between = make.meeting("Däremellan", starts_at=clock.now() - timedelta(days=300))
    for meeting in (old, between, held):
        with make.session() as session:
            session.merge(meeting).state = MeetingState.HELD
        here = page_of(meeting)
        client.post(f"{here}/revisions", {"body": "Om träffen."}, f"{here}/edit")
    assert page_of(between) in client.get(page_of(held)).links
    assert page_of(held) in client.get(page_of(between)).links
    assert "Från förra träffen: Däremellan" in client.get(f"/meetings/{held.slug}").text
    with make.session() as session:
        session.merge(held).previous_id = old.id
    assert page_of(old) in client.get(page_of(held)).links
    assert page_of(held) in client.get(page_of(old)).links
    client.sign_in(cast.representative)
    assert page_of(old) not in client.get(f"/meetings/{held.slug}").links


def test_the_page_costs_the_same_few_statements_however_long(client, make, cast, held, statements):
    client.sign_in(cast.steering)
    write(client, cast.item, "Kort.")
    with statements() as few:
        client.get(page_of(held))
    for number in range(5):
        write(client, make.agenda_item(held, f"Punkt {number}"), "Mer.")
    with statements() as many:
        client.get(page_of(held))
    assert len(few) == len(many)
    with make.session():
        assert len(db.session.scalars(select(Entry)).all()) == 6


def test_the_pages_around_minutes_cost_the_same_few_statements(client, make, cast, held, statements):
    client.sign_in(cast.coordinator)
    write(client, cast.item, "Ett.")
    other = make.agenda_item(held, "Salar")
    question = make.question("Hur ordnas salarna?", items=(cast.item, other))
    minutes = page_of(held)
    pages = [minutes, f"{minutes}/publish", f"/agenda-items/{cast.item.id}/minutes/revisions"]
    pages += [f"/meetings/{held.slug}", f"/meetings/{held.slug}/close", f"/questions/{question.id}"]
    counts = []
    for number in range(2):
        for page in pages:
            client.get(page)
        with statements() as sent:
            for page in pages:
                assert client.get(page).status == 200
        counts.append(len(sent))
        for more in range(4):
            write(client, cast.item, f"Ord {number} {more}.")
            write(client, other, f"Salar {number} {more}.")
            make.meeting(f"Långt före {number} {more}", starts_at=clock.now() - timedelta(days=400 + more))
            make.institution()
    assert counts[0] == counts[1]


def test_without_minutes_around_it_the_page_leads_to_the_meetings_themselves(client, make, cast, held):
    write(client.sign_in(cast.steering), cast.item, "Ett.")
    nearest = make.meeting("Strax innan", starts_at=clock.now() - timedelta(days=40))
    make.meeting("Blev inte av", starts_at=clock.now() - timedelta(days=20), state=MeetingState.CANCELLED)
    page = client.get(page_of(held))
    assert f"/meetings/{nearest.slug}" in page.links
    assert "Förra träffen: Strax innan" in page.text
    assert "Blev inte av" not in page.text
