"""In the closed room a proposal is taken up, given to somebody, and put on the coming agenda."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.members.models import Member
from kloss_intranet.questions.models import Question, QuestionState
from tests.journeys.test_pages import NEEDED, RULES, SCREENS
from tests.tooling import vnu

pytestmark = pytest.mark.browser
STEERING, CONVENOR, READER = (
    "styrgrupp@example.org",
    "sammankallande@example.org",
    "representant2@example.org",
)
ASKED = "Vem öppnar dörren när partnern knackar på?"
SOON = clock.today() + timedelta(days=6)


@pytest.fixture(scope="module")
def asked(site):
    """The number of a question that a member has proposed."""
    with site.app.app_context():
        by = db.session.scalars(select(Member).where(Member.email == READER)).one()
        row = Question(
            slug="vem-oppnar-dorren",
            title=ASKED,
            state=QuestionState.RAISED,
            reason="Hos oss vet ingen vem som svarar.",
            raised_by_id=by.id,
            raised_at=clock.now(),
        )
        db.session.add(row)
        db.session.commit()
        return row.id


def entry(page, name):
    return page.locator(f"#{name}").get_by_role("listitem").filter(has_text=ASKED)


def barriers(page):
    found = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        for barrier in Axe().run(page, options=RULES).response["violations"]:
            found.append(f"{page.url} {scheme} {width}: {barrier['id']}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{page.url} is wider than {width} px")
    return found + [fault for fault in vnu.check(page.content()) if NEEDED not in fault]


def test_from_proposal_to_agenda_by_keyboard_alone(visit, site, asked):
    page = visit("/", STEERING)
    here = page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Styrgruppen")
    here.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Styrgruppens rum")
    expect(entry(page, "proposals")).to_contain_text("Olof Provström")
    entry(page, "proposals").get_by_role("link", name=re.compile("^Ta upp")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Hos oss vet ingen vem som svarar.")
    page.get_by_role("button", name="Ta upp frågan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv ett skäl.")
    assert barriers(page) == []
    page.get_by_label("Skäl").focus()
    page.keyboard.type("Tre lärosäten har frågat samma sak.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ansvarig")).to_be_focused()
    page.get_by_label("Ansvarig").select_option("Ingrid Provdal")
    page.keyboard.press("Tab")
    page.keyboard.type("Fråga växeln")
    page.get_by_label("Senast").fill(str(SOON))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Frågan är upptagen")
    expect(entry(page, "proposals")).to_have_count(0)
    expect(entry(page, "preparing")).to_contain_text("Fråga växeln")
    expect(entry(page, "preparing")).to_contain_text("Ingrid Provdal")

    entry(page, "preparing").get_by_role("link", name=re.compile("^Sätt på dagordningen")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Fråga", exact=True)).to_have_value(str(asked))
    expect(page.get_by_label("Ansvarig vid träffen")).to_have_value("Ingrid Provdal")
    page.get_by_label("Minuter").focus()
    page.keyboard.type("500")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("för mycket")
    assert barriers(page) == []
    page.get_by_label("Minuter").fill("20")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("är nu punkt")
    expect(entry(page, "agenda")).to_contain_text("20 min")
    expect(entry(page, "preparing")).to_contain_text("Utvald")
    expect(entry(page, "preparing").get_by_role("link", name=re.compile("på dagordningen"))).to_be_visible()
    assert barriers(page) == []


def test_the_owner_is_told_and_the_member_sees_what_is_hers_to_see(visit, asked):
    owner = visit("/", CONVENOR)
    owner.get_by_role("link", name=re.compile(f"Du ansvarar för en fråga: {re.escape(ASKED)}")).first.click()
    expect(entry(owner, "preparing")).to_contain_text("Ansvarig: du")

    reader = visit(f"/questions/{asked}", READER)
    expect(reader.get_by_role("main")).to_contain_text("Tre lärosäten har frågat samma sak.")
    expect(reader.get_by_role("main")).not_to_contain_text("Fråga växeln")
    expect(reader.get_by_role("link", name="Styrgruppen")).to_have_count(0)
    assert reader.goto("/steering/").status == 404


@pytest.mark.parametrize("scripts", [True, False])
def test_two_who_note_at_once_see_both(visit, asked, scripts):
    here = f"/steering/questions/{asked}/preparation"
    first = visit(here, STEERING, java_script_enabled=scripts)
    second = visit(here, CONVENOR, java_script_enabled=scripts)
    first.get_by_label("Nästa steg").fill(f"Ring receptionen {scripts}")
    first.get_by_role("button", name="Spara").click()
    expect(entry(first, "preparing")).to_contain_text(f"Ring receptionen {scripts}")
    second.get_by_label("Nästa steg").fill(f"Skriv till rektor {scripts}")
    second.get_by_role("button", name="Spara").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("har ändrats sedan du öppnade sidan")
    expect(second.get_by_role("main")).to_contain_text(f"Ring receptionen {scripts}")
    expect(second.get_by_label("Nästa steg")).to_have_value(f"Skriv till rektor {scripts}")
    if scripts:
        assert barriers(second) == []
    second.get_by_role("button", name="Spara mitt i stället").click()
    expect(entry(second, "preparing")).to_contain_text(f"Skriv till rektor {scripts}")
