"""After a meeting: slides are laid in, minutes written and published, and the meeting is closed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.meetings.models import (
    Admission,
    AdmissionKind,
    AgendaItem,
    Guest,
    Meeting,
    MeetingKind,
    MeetingMode,
    MeetingState,
)
from kloss_intranet.members.models import Member
from tests import samples

pytestmark = pytest.mark.browser
COORDINATOR = "koordinator@example.org"
STEERING = "styrgrupp@example.org"
READER = "representant3@example.org"
GUEST = "gast@example.org"


@pytest.fixture(scope="module")
def meeting(site):
    """A meeting that ended yesterday, with an item of the demo's guest."""
    now = clock.now().replace(microsecond=0)
    with site.app.app_context():
        row = Meeting(
            slug="provresan",
            title="Provresan",
            kind=MeetingKind.ORDINARY,
            mode=MeetingMode.ON_SITE,
            state=MeetingState.HELD,
            starts_at=now - timedelta(days=2),
            ends_at=now - timedelta(days=1),
            time_zone=clock.STOCKHOLM,
            place="Provorten",
        )
        db.session.add(row)
        db.session.flush()
        items = [
            AgendaItem(meeting_id=row.id, position=number, title=title)
            for number, title in enumerate(("Gästens punkt", "Samtal i grupper"), 1)
        ]
        db.session.add_all(items)
        guest = db.session.scalars(db.select(Member).where(Member.email == GUEST)).one()
        db.session.flush()
        db.session.add(Guest(agenda_item_id=items[0].id, name=guest.name))
        ends_on = row.ends_at.date() + timedelta(days=14)
        db.session.add(
            Admission(meeting_id=row.id, member_id=guest.id, kind=AdmissionKind.GUEST, ends_on=ends_on)
        )
        db.session.commit()
    return "/meetings/provresan"


def body(page):
    return page.locator("[contenteditable=true], textarea[name=body]").locator("visible=true").first


def test_the_guest_finds_the_item_and_leaves_slides(visit, meeting):
    page = visit(f"{meeting}/materials", COORDINATOR)
    page.get_by_label("Mappens namn").fill("Gästernas bilder")
    page.get_by_text("Hela nätverket och träffens gäster").click()
    page.get_by_role("button", name="Gör mappen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gästernas bilder")
    hidden = visit(f"{meeting}/materials", STEERING)
    hidden.get_by_label("Mappens namn").fill("Lönesamtal")
    hidden.get_by_text("Bara styrgruppen").click()
    hidden.get_by_role("button", name="Gör mappen").click()

    guest = visit(meeting, GUEST, viewport={"width": 390, "height": 844})
    own = guest.get_by_role("listitem").filter(has_text="Gästens punkt")
    expect(own).to_contain_text("Din punkt")
    expect(guest.get_by_role("main")).not_to_contain_text("Lönesamtal")
    guest.get_by_role("link", name="Gästernas bilder").click()
    guest.get_by_label("Fil", exact=True).set_input_files(
        [{"name": "bilder.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}]
    )
    guest.get_by_label("Vad filen kallas").fill("Mina bilder")
    guest.get_by_role("button", name="Lägg in filen").click()
    expect(guest.get_by_role("status").first).to_contain_text("Filen ligger i mappen.")

    reader = visit(meeting, READER)
    with reader.expect_download() as fetched:
        reader.get_by_role("link", name="Mina bilder").click()
    assert fetched.value.suggested_filename == "bilder.pdf"
    assert fetched.value.path().read_bytes() == samples.PDF


@pytest.mark.parametrize("scripts", [True, False])
def test_two_who_write_at_once_see_both_texts(visit, meeting, scripts):
    name = "Samtal i grupper" if scripts else "Gästens punkt"
    first = visit(f"{meeting}/minutes", STEERING, java_script_enabled=scripts)
    first.get_by_role("link", name=re.compile(rf"\({name}\)")).click()
    second = visit(first.url, COORDINATOR, java_script_enabled=scripts)
    body(first).fill("Tre sätt hördes.")
    first.get_by_role("button", name="Spara").click()
    expect(first.locator("main")).to_contain_text("Tre sätt hördes.")
    body(second).fill("Fyra sätt hördes.")
    second.get_by_role("button", name="Spara").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("har ändrats sedan du öppnade den")
    expect(second.locator("main")).to_contain_text("Tre sätt hördes.")
    expect(body(second)).to_contain_text("Fyra sätt hördes.")
    second.get_by_role("button", name="Spara min text i stället").click()
    expect(second.locator("main")).to_contain_text("Fyra sätt hördes.")


def test_the_coordinator_publishes_and_closes(visit, meeting):
    page = visit(f"{meeting}/minutes", COORDINATOR)
    page.get_by_role("link", name="Publicera anteckningarna").click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("status").first).to_contain_text("deltagarna får veta det")
    page.goto(meeting)
    page.get_by_role("link", name="Avsluta träffen").click()
    page.get_by_label("Iakttagelse 1").fill("Det går att börja litet.")
    page.get_by_role("button", name="Avsluta träffen").click()
    expect(page.get_by_role("alert")).to_contain_text("minst två iakttagelser")
    expect(page.get_by_label("Iakttagelse 1")).to_have_value("Det går att börja litet.")
    page.get_by_label("Iakttagelse 2").fill("Det måste börja i det stora.")
    page.get_by_label("Uppsala universitet").fill("2")
    page.get_by_role("button", name="Avsluta träffen").click()
    expect(page.locator("#minutes")).to_contain_text("Det måste börja i det stora.")
    expect(page.locator("#minutes")).to_contain_text("Uppsala universitet (2)")

    reader = visit("/", READER)
    reader.get_by_role("link", name=re.compile("Minnesanteckningar: Provresan")).first.click()
    expect(reader.get_by_role("main")).to_contain_text("Fyra sätt hördes.")
    expect(reader.get_by_role("main")).to_contain_text("Det går att börja litet.")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_coordinator_corrects_the_closing(visit, meeting, scripts):
    new = "Det måste börja i det stora, hos oss." if scripts else "Det måste börja i det stora, säger vi."
    page = visit(meeting, COORDINATOR, java_script_enabled=scripts)
    page.get_by_role("link", name="Ändra avslutet").click()
    page.get_by_label("Iakttagelse 2").fill(new)
    page.get_by_label("Berätta för nätverket").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status").first).to_contain_text("Nätverket får veta")
    reader = visit("/", READER)
    reader.get_by_role("link", name=re.compile("Ändrat avslut: Provresan")).first.click()
    expect(reader.locator("#minutes")).to_contain_text(new)
    reader.locator("#minutes").get_by_role("link", name=re.compile("^Ändrat")).click()
    expect(reader.get_by_role("main")).to_contain_text("Lydelse 1")


def test_a_folder_is_narrowed_and_an_empty_one_removed(visit, meeting):
    page = visit(f"{meeting}/materials", COORDINATOR)
    page.get_by_role("link", name="Gästernas bilder").click()
    page.get_by_role("link", name="Ändra vilka som läser mappen").click()
    page.get_by_text("Hela nätverket", exact=True).click()
    page.get_by_role("button", name="Gå vidare").click()
    expect(page.get_by_role("main")).to_contain_text("Träffens gäster ser inte längre mappen")
    page.get_by_role("button", name="Ändra").click()
    expect(page.get_by_role("status").first).to_contain_text("Mappen läses nu av: Hela nätverket.")
    guest = visit(meeting, GUEST)
    expect(guest.get_by_role("main")).not_to_contain_text("Gästernas bilder")
    page.goto(f"{meeting}/materials")
    page.get_by_role("link", name="Lönesamtal").click()
    page.get_by_role("link", name="Ta bort mappen").click()
    page.get_by_role("button", name="Ta bort mappen").click()
    expect(page.get_by_role("status").first).to_contain_text("Mappen är borttagen.")
    expect(page.get_by_role("main")).not_to_contain_text("Lönesamtal")
