"""The agenda: its clock, its order by plain buttons, its guests and questions, and what does not fit."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import Guest, ProgrammeItem, ProgrammeKind
from kloss_intranet.minutes.models import Entry
from kloss_intranet.questions.models import Treatment

AGENDA, ITEMS = "/meetings/dagen/agenda", "/meetings/dagen/agenda-items"
START = datetime(2027, 4, 14, 7, tzinfo=UTC)  # 09.00 in Stockholm, 10.00 in Helsinki


@pytest.fixture
def day(make, cast, client):
    """A meeting of one day with a part from nine to eleven."""
    client.sign_in(cast.coordinator)
    meeting = make.meeting("Dagen", slug="dagen", starts_at=START, ends_at=START + timedelta(hours=6))
    part = {"kind": ProgrammeKind.FULL_DAY, "title": "Förmiddag", "position": 1}
    times = {"starts_at": START, "ends_at": START + timedelta(hours=2)}
    return make.add(ProgrammeItem(meeting_id=meeting.id, **part, **times))


def whole(make):
    with make.session():
        return queries.meeting("dagen")


def titles(make):
    return [item.title for item in whole(make).agenda]


def margins(page):
    return [part.text for part in page.root.all("p") if part.attrs.get("class") == "entry-margin"]


def test_the_clock_runs_from_the_start_of_the_part(client, make, day):
    part = str(day.id)
    for title, minutes, of in (
        ("Ett", "15", part),
        ("Två", "45", part),
        ("Fritt", "30", ""),
        ("Tre", "", part),
    ):
        client.post(ITEMS, {"title": title, "minutes": minutes, "part": of}, form_on=AGENDA)
    client.post(ITEMS, {"title": "Fyra", "minutes": "10", "part": part}, form_on=AGENDA)
    shown = margins(client.get("/meetings/dagen"))[-5:]
    assert [text.replace(" –", "–") for text in shown] == [
        "09.00–09.15 15 min",
        "09.15–10.00 45 min",
        "30 min",
        "10.00",
        "10 min",
    ]


def test_the_clock_is_that_of_the_meetings_zone(client, make, day):
    client.post(ITEMS, {"title": "Ett", "minutes": "15", "part": str(day.id)}, form_on=AGENDA)
    with make.session():
        queries.meeting("dagen").time_zone = "Europe/Helsinki"
    assert "10.00 –10.15" in client.get("/meetings/dagen").text


def test_items_longer_than_their_part_are_refused_and_an_overrun_is_told(client, cast, make, day):
    part = str(day.id)
    page = client.post(ITEMS, {"title": "Lång", "minutes": "121", "part": part}, form_on=AGENDA)
    assert page.status == 422
    (error,) = [tag for tag in page.root.all("p") if tag.attrs.get("id") == "minutes-error"]
    assert "är 120 minuter" in error.text
    assert page.form(ITEMS)["title"] == "Lång"
    client.post(ITEMS, {"title": "Ett", "minutes": "60", "part": part}, form_on=AGENDA)
    client.post(ITEMS, {"title": "Två", "minutes": "50", "part": part}, form_on=AGENDA)
    third = client.post(ITEMS, {"title": "Tre", "minutes": "30", "part": part}, form_on=AGENDA)
    assert "blir det 20 för mycket" in third.text
    assert titles(make) == ["Ett", "Två"]
    edit, to = (f"/meetings/dagen/parts/{day.id}/{name}" for name in ("edit", "revisions"))
    short = client.post(to, {"ends_time": "09:45"}, form_on=edit)
    assert short.status == 422
    assert "En punkt på dagordningen är 60 minuter" in short.text
    client.post(to, {"ends_time": "10:30"}, form_on=edit)
    page = client.get("/meetings/dagen")
    assert "20 minuter över" in page.text
    assert "dagordningen är längre än programmet" in client.get("/planning/").text
    first = whole(make).agenda[0]
    to = f"{ITEMS}/{first.id}/revisions"
    client.post(to, {"minutes": "55"}, form_on=f"{ITEMS}/{first.id}/edit")
    assert "15 minuter över" in client.get("/meetings/dagen").text


@pytest.mark.any_database
def test_the_order_is_changed_by_plain_buttons_and_a_number(client, make, day):
    for title in ("Ett", "Två", "Tre", "Fyra"):
        client.post(ITEMS, {"title": title}, form_on=AGENDA)
    ids = {item.title: item.id for item in whole(make).agenda}

    def move(title, **sent):
        return client.post(f"{ITEMS}/{ids[title]}/moves", sent | {"csrf_token": client.token()})

    assert "«Tre» är nu punkt 2." in move("Tre", step="up").text
    assert titles(make) == ["Ett", "Tre", "Två", "Fyra"]
    move("Ett", step="down")
    assert titles(make) == ["Tre", "Ett", "Två", "Fyra"]
    move("Fyra", to="1")
    assert titles(make) == ["Fyra", "Tre", "Ett", "Två"]
    move("Fyra", to="99")
    assert titles(make) == ["Tre", "Ett", "Två", "Fyra"]
    move("Tre", step="up")
    assert move("Tre", to="snart").status == 422
    assert titles(make) == ["Tre", "Ett", "Två", "Fyra"]
    assert [item.position for item in whole(make).agenda] == [1, 2, 3, 4]


@pytest.mark.any_database
def test_an_item_has_a_question_and_guests_without_accounts(client, cast, make, day):
    typed = {
        "title": "Om prov",
        "question": str(cast.question.id),
        "guest_name_1": "Ada Ek",
        "guest_role_1": "utredare",
        "guest_organisation_1": "Provmyndigheten",
        "guest_organisation_2": "Studenterna",
    }
    client.post(ITEMS, typed, form_on=AGENDA)
    (item,) = whole(make).agenda
    assert [(guest.name, guest.role, guest.organisation) for guest in item.guests] == [
        ("Ada Ek", "utredare", "Provmyndigheten"),
        (None, None, "Studenterna"),
    ]
    page = client.get("/meetings/dagen")
    assert "Ada Ek, utredare, Provmyndigheten" in page.text
    assert f"/questions/{cast.question.id}" in page.links
    other = make.question("En annan fråga")
    edit, to = f"{ITEMS}/{item.id}/edit", f"{ITEMS}/{item.id}/revisions"
    cleared = dict.fromkeys(("guest_name_1", "guest_role_1", "guest_organisation_1"), "")
    client.post(to, {"question": str(other.id)} | cleared, form_on=edit)
    (item,) = whole(make).agenda
    assert [guest.organisation for guest in item.guests] == ["Studenterna"]
    with make.session() as session:
        treated = session.scalars(
            select(Treatment.question_id).where(Treatment.agenda_item_id == item.id)
        ).all()
    assert treated == [other.id]
    unchanged = client.get(edit).form(to)
    client.post(to, unchanged)
    assert [guest.organisation for guest in whole(make).agenda[0].guests] == ["Studenterna"]


@pytest.mark.any_database
def test_two_who_change_an_item_are_shown_each_other(client, cast, make, day):
    client.post(ITEMS, {"title": "Punkt"}, form_on=AGENDA)
    (item,) = whole(make).agenda
    edit, to = f"{ITEMS}/{item.id}/edit", f"{ITEMS}/{item.id}/revisions"
    early = client.get(edit).form(to)
    client.post(to, {"responsible": "Den förste", "guest_name_1": "Ada Ek"}, form_on=edit)
    clash = client.post(to, early | {"responsible": "Den andre"})
    assert clash.status == 409
    assert "Den förste" in clash.text
    assert whole(make).agenda[0].responsible == "Den förste"
    client.post(to, clash.form(to))
    assert whole(make).agenda[0].responsible == "Den andre"


def test_an_item_is_removed_but_not_its_minutes(client, cast, make, day):
    client.post(ITEMS, {"title": "Kvar", "question": str(cast.question.id)}, form_on=AGENDA)
    client.post(
        ITEMS, {"title": "Bort", "guest_name_1": "Ada Ek", "question": str(cast.question.id)}, form_on=AGENDA
    )
    kept, gone = whole(make).agenda
    row = {"meeting_id": kept.meeting_id, "agenda_item_id": kept.id, "written_by_id": cast.coordinator.id}
    make.add(Entry(body="Sagt", body_html="<p>Sagt</p>", policy=2, written_at=START, **row))
    page = client.post(f"{ITEMS}/{kept.id}/removals", form_on=f"{ITEMS}/{kept.id}/edit")
    assert page.status == 409
    client.post(f"{ITEMS}/{gone.id}/removals", form_on=f"{ITEMS}/{gone.id}/edit")
    assert titles(make) == ["Kvar"]
    with make.session() as session:
        assert session.scalars(select(Guest.name).where(Guest.name == "Ada Ek")).all() == []
    assert client.get(f"/questions/{cast.question.id}").status == 200


def test_only_the_coordinator_changes_the_agenda(client, cast, make, day):
    client.sign_in(cast.representative)
    assert client.get(AGENDA).status == 403
    assert client.post(ITEMS, {"title": "Min punkt"}).status == 403
    assert titles(make) == []


@pytest.mark.any_database
def test_what_was_typed_about_an_item_that_is_removed_meanwhile_is_kept(client, cast, make, day):
    client.post(ITEMS, {"title": "Ett"}, form_on=AGENDA)
    (item,) = whole(make).agenda
    edit, to, gone = (f"{ITEMS}/{item.id}/{act}" for act in ("edit", "revisions", "removals"))
    early = client.get(edit).form(to)
    client.post(gone, form_on=edit)
    page = client.post(to, early | {"title": "Två", "guest_name_1": "Gunilla Gäst"})
    assert page.status == 409
    assert "har tagit bort det här medan du skrev" in page.text
    kept = page.form(ITEMS)
    assert (kept["title"], kept["guest_name_1"]) == ("Två", "Gunilla Gäst")
    assert titles(make) == []
