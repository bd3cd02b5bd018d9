"""The closed room shows all that waits for the steering group, and is not there for anybody else."""

from datetime import date, timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.meetings.models import ProgrammeItem, ProgrammeKind
from kloss_intranet.questions.models import Change, Proposal, Treatment
from kloss_intranet.steering.models import Edition
from kloss_intranet.steering.queries.room import FOLDERS
from kloss_intranet.threads.models import Audience
from tests.steering.desk import add, change, parts, pick, publish, reword
from tests.steering.room import ROOM, dismiss, noted, preparation_of, prepare, question, uptake_of

PAGES = ("", "questions/{0}/preparation", "questions/{0}/uptakes/new", "meetings/{1}/agenda-items/new")
FORMS = ("questions/{0}/preparation", "questions/{0}/uptakes", "meetings/{1}/agenda-items")


def section(page, name):
    return next(part.text for part in page.root.all("section") if part.attrs.get("id") == name)


def titles(page, name):
    found = next(part for part in page.root.all("section") if part.attrs.get("id") == name)
    return [heading.text for heading in found.all("h3")]


@pytest.mark.any_database
def test_what_waits_stands_under_what_it_waits_for(client, make, cast):
    old = question(make, "raised", "Den äldre", raised_at=clock.now() - timedelta(days=9))
    question(make, "raised", "Den nyare")
    row = {
        "question_id": old.id,
        "title": old.title,
        "reason": "Vi undrar.",
        "member_id": cast.representative.id,
    }
    signed = {"institution_id": cast.institution.id, "signed_name": "Agnes Björk", "proposed_at": clock.now()}
    make.add(Proposal(**row | signed))
    today = clock.today()
    for title, state, due in (
        ("Utan dag", "in_preparation", None),
        ("Snart", "chosen", today + timedelta(days=3)),
        ("För sent", "in_preparation", today - timedelta(days=1)),
    ):
        step = {"next_step": f"Steg: {title}", "next_step_on": due, "owner_id": cast.convenor.id}
        noted(make, question(make, state, title), cast.convenor, **step)
    resting = question(make, "resting", "Den som vilar")
    rest = {"became": resting.state, "reason": "Vi väntar på utredningen.", "changed_at": clock.now()}
    make.add(Change(question_id=resting.id, changed_by_id=cast.convenor.id, **rest))
    question(make, "raised", "Uppgången i en annan", merged_into_id=old.id)
    page = client.sign_in(cast.steering).get(ROOM)
    assert titles(page, "proposals") == ["Den nyare", "Den äldre"]
    assert "Föreslagen av Björkö universitet" in section(page, "proposals")
    assert titles(page, "preparing") == ["För sent", "Snart", "Utan dag"]
    assert titles(page, "resting") == ["Den som vilar"]
    assert "Vi väntar på utredningen." in section(page, "resting")
    preparing = section(page, "preparing")
    assert preparing.count("Försenat") == 1
    assert "Steg: Snart" in preparing
    assert "Ansvarig: David Öhrn" in preparing
    assert "2 förslag att ta upp" in page.text
    assert "1 steg har passerat sin dag." in page.text
    assert "Ansvarig: du" in client.sign_in(cast.convenor).get(ROOM).text
    assert cast.question.title not in titles(page, "resting")


def test_an_empty_room_says_so(client, make):
    member = make.member("Ensam")
    make.role(member, "steering")
    page = client.sign_in(member).get(ROOM)
    for said in (
        "Inget förslag väntar.",
        "Ingen fråga bereds",
        "Ingen träff är planerad än.",
        "Ingen fråga vilar.",
    ):
        assert said in page.text
    for said in ("inga egna trådar", "inga filer"):
        assert said in page.text


def test_the_agenda_runs_and_tells_what_is_free(client, make, cast):
    start = cast.meeting.starts_at
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=120)}
    row = {"meeting_id": cast.meeting.id, "position": 1, "kind": ProgrammeKind.FULL_DAY, "title": "Heldag"}
    part = make.add(ProgrammeItem(**row | times))
    page = client.sign_in(cast.steering).get(ROOM)
    assert "120 minuter lediga" in section(page, "agenda")
    make.agenda_item(cast.meeting, "Först", position=90, minutes=45, programme_item_id=part.id)
    make.agenda_item(cast.meeting, "Sedan", position=91, minutes=60, programme_item_id=part.id)
    make.agenda_item(cast.meeting, "Vid sidan om", position=92, minutes=10)
    said = section(client.get(ROOM), "agenda")
    assert "15 minuter lediga" in said
    assert "1 punkt hör inte till någon del" in said
    local = client.app.jinja_env.filters["clock"](start + timedelta(minutes=45), cast.meeting.time_zone)
    assert f"{local}–" in said
    assert f"/meetings/{cast.meeting.slug}/agenda" not in client.get(ROOM).links
    assert f"/meetings/{cast.meeting.slug}/agenda" in client.sign_in(cast.coordinator).get(ROOM).links


def test_a_question_that_was_left_is_carried_on_and_one_on_the_agenda_says_so(client, make, cast):
    asked = question(make, "chosen", "Den som förs vidare")
    item = make.agenda_item(cast.old_meeting, "Förra gången")
    make.add(Treatment(agenda_item_id=item.id, question_id=asked.id))
    page = client.sign_in(cast.steering).get(ROOM)
    assert "Förs vidare från Träff i Åsnes" in section(page, "preparing")
    assert f"/steering/meetings/{cast.meeting.slug}/agenda-items/new?question={asked.id}" in page.links
    make.add(Treatment(agenda_item_id=cast.item.id, question_id=asked.id))
    page = client.get(ROOM)
    assert f"Punkt {cast.item.position} på dagordningen" in section(page, "preparing")
    assert f"/steering/meetings/{cast.meeting.slug}/agenda-items/new?question={asked.id}" not in page.links


@pytest.mark.any_database
def test_the_dossier_tells_how_it_stands(client, make, cast):
    change(make, cast.question, state="chosen")
    client.sign_in(cast.convenor)
    assert "Börja på underlaget" in client.get(ROOM).text
    pick(client, cast.post, "Vi började i det lilla.", f"question-{cast.question.id}")
    assert "Underlaget: utkast" in client.get(ROOM).text
    publish(client, cast.question)
    with make.session() as session:
        assert session.query(Edition).count() == 1
    page = client.get(ROOM)
    assert "Underlaget: utgåva 1" in page.text
    assert "citat att se till" not in page.text
    reword(make, cast.post, "Först: Vi började i det lilla.")  # the passage stands there still
    assert "citat att se till" not in client.get(ROOM).text
    reword(make, cast.post, "Vi började stort.")
    assert "1 citat att se till" in client.get(ROOM).text
    reword(make, cast.post, "Vi började i det lilla.")
    for gone in ("withdrawn_at", "hidden_at"):
        change(make, cast.post, **{gone: clock.now()})
        assert "1 citat att se till" in client.get(ROOM).text
        change(make, cast.post, **{gone: None})
        assert "citat att se till" not in client.get(ROOM).text
    assert len(parts(make)) == 1
    add(client, cast.question, "Rubrik", "heading")


def test_the_rooms_own_threads_and_files_stand_there(client, make, cast):
    folder = make.folder(cast.meeting, "Våra papper", "steering")
    make.material(folder, cast.convenor, title="Utkast till upplägg")
    make.material(folder, cast.convenor, title="Tillbakadraget", withdrawn_at=clock.now())
    page = client.sign_in(cast.steering).get(ROOM)
    for said in ("Styrgruppens tråd", "Våra papper", "Utkast till upplägg"):
        assert said in page.text
    for unsaid in ("Tillbakadraget", "Prov på egen dator", cast.folder.name):
        assert unsaid not in page.text
    make.post(cast.steering_thread, cast.convenor, "Något nytt.")
    assert "1 oläst" in client.get(ROOM).text


def test_only_the_latest_folders_stand_in_the_room(client, make, cast):
    older = make.folder(cast.old_meeting, "Fjolårets papper", "steering")
    for number in range(FOLDERS - 1):
        make.folder(cast.meeting, f"Mapp {number}", "steering")
    page = client.sign_in(cast.steering).get(ROOM)
    assert (older.name in page.text, "Äldre mappar" in page.text) == (True, False)
    make.folder(cast.meeting, "Ännu en mapp", "steering")
    page = client.get(ROOM)
    assert (older.name in page.text, "Äldre mappar" in page.text) == (False, True)


@pytest.mark.parametrize("who", ["guest", "host", "former", "representative", "other_representative"])
def test_nobody_else_finds_the_room(client, make, cast, who):
    change(make, cast.question, state="raised")
    noted(make, cast.question, cast.convenor, next_step="Hemligt steg", owner_id=cast.steering.id)
    client.sign_in(getattr(cast, who))
    assert ROOM not in client.get("/").links
    for path in PAGES:
        assert client.get(ROOM + path.format(cast.question.id, cast.meeting.slug)).status == 404, path
    sent = {"reason": "Ja", "question": cast.question.id, "version": "1", "next_step": "Mitt"}
    for path in FORMS:
        assert client.post(ROOM + path.format(cast.question.id, cast.meeting.slug), sent).status == 404, path
    page = client.get(f"/questions/{cast.question.id}")
    assert "Hemligt steg" not in page.html
    assert not any(link.startswith(ROOM) for link in page.links)


@pytest.mark.parametrize("who", ["steering", "convenor", "coordinator"])
def test_those_who_may_find_the_way_there(client, make, cast, who):
    noted(make, cast.question, cast.convenor, next_step="Ring prefekten", next_step_on=date(2024, 1, 1))
    client.sign_in(getattr(cast, who))
    assert ROOM in client.get("/").links
    page = client.get(f"/questions/{cast.question.id}")
    assert {ROOM, preparation_of(cast.question)} <= page.links
    assert "Ring prefekten" in page.text
    assert "Försenat" in page.text
    here = next(nav for nav in client.get(ROOM).root.all("nav") if nav.attrs.get("aria-label") == "Huvudmeny")
    assert [link.text for link in here.all("a") if "aria-current" in link.attrs] == ["Styrgruppen"]


@pytest.mark.any_database
def test_who_leaves_the_steering_group_is_outside_at_once(client, make, cast):
    prepare(client.sign_in(cast.convenor), cast.question, owner=str(cast.steering.id), next_step="Hemligt")
    other = client.another().sign_in(cast.steering)
    assert other.get(ROOM).status == 200
    assert ROOM in [link for link in other.get("/").links if link == ROOM]
    assert "Du ansvarar för en fråga" in other.get("/").text
    dismiss(make, cast.steering)
    for path in PAGES:
        assert other.get(ROOM + path.format(cast.question.id, cast.meeting.slug)).status == 404, path
    home = other.get("/")
    assert "Du ansvarar för en fråga" not in home.text
    assert ROOM not in home.links
    assert "Du ansvarar för en fråga" not in other.get("/notices").text
    with make.session() as session:
        waiting = {one.id: one.path for one in session.query(Letter) if one.member_id == cast.steering.id}
        inside = {number for number, path in waiting.items() if path and path.startswith(ROOM)}
        assert inside
        assert inside <= drop_stopped(list(waiting))
    page = client.get(ROOM)
    assert "Hemligt" not in page.text  # the question is treated, and not on the table
    change(make, cast.question, state="chosen")
    assert "Behöver en ny ansvarig: Cecilia Älv har lämnat styrgruppen." in client.get(ROOM).text


def test_the_room_takes_as_many_statements_however_much_lies_in_it(client, make, cast, statements):
    def fill(number):
        for n in range(number):
            for state in ("raised", "chosen", "resting"):
                asked = question(make, state, f"{state} {n}")
                noted(make, asked, cast.convenor, owner_id=cast.steering.id, next_step="Ett steg")
                item = make.agenda_item(cast.meeting if n % 2 else cast.old_meeting, f"Punkt {n}", minutes=5)
                make.add(Treatment(agenda_item_id=item.id, question_id=asked.id))
            thread = make.thread(cast.meeting, cast.theme, title=f"Tråd {n}", audience=Audience.STEERING)
            make.post(thread, cast.convenor, "Nytt.")
            make.material(make.folder(cast.meeting, f"Mapp {n}", "steering"), cast.convenor)
            pick(client, cast.post, "Vi började i det lilla.", f"question-{asked.id}")

    def sent():
        client.get(ROOM)
        with statements() as said:
            assert client.get(ROOM).status == 200
        return len(said)

    client.sign_in(cast.convenor)
    fill(2)
    few = sent()
    fill(6)
    assert sent() == few
    assert few <= 45


def test_taking_up_leads_away_where_there_is_nothing_to_take_up(client, make, cast):
    change(make, cast.question, state="chosen")
    client.sign_in(cast.steering)
    assert client.get(f"{uptake_of(cast.question)}/new").path == preparation_of(cast.question)
