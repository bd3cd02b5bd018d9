"""A dot is placed by keyboard alone and without scripts, and read by those who have placed one or looked."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from kloss_intranet.breadth.models import Axis
from kloss_intranet.core.db import db
from kloss_intranet.questions.models import Question
from tests.journeys.test_pages import NEEDED, RULES
from tests.tooling import vnu

pytestmark = pytest.mark.browser
STEERING = "sammankallande@example.org"
BY_KEYBOARD = "representant1@example.org"
WITHOUT_SCRIPTS = "representant5@example.org"
BY_STEPS = "representant6@example.org"
PLACED = "representant2@example.org"
SECRET = "Fakulteten fördelar tid för samverkan i bemanningen varje vår."


@pytest.fixture(scope="module")
def question(site):
    """The demo's question that has a strip."""
    with site.app.app_context():
        return f"/questions/{db.session.scalars(db.select(Axis.question_id).order_by(Axis.set_at)).first()}"


def tab_to(page, goal):
    """Press Tab until `goal` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {goal}")


def faults(page):
    """What hinders a reader of the page as it is now, and what is wrong with it as HTML."""
    page.emulate_media(reduced_motion="reduce")
    found = [barrier["id"] for barrier in Axe().run(page, options=RULES).response["violations"]]
    return found + [fault for fault in vnu.check(page.content()) if NEEDED not in fault]


def test_a_dot_is_placed_and_moved_by_keyboard_alone(visit, question):
    page = visit(question, BY_KEYBOARD)
    assert SECRET not in page.content()
    slider = page.get_by_role("slider", name="Var står ni?")
    expect(slider).to_have_attribute("aria-valuetext", "ingen plats vald än")
    tab_to(page, slider)
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "vid ’initiativ i ämnet’")
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "nära ’initiativ i ämnet’")
    expect(page.locator(".strip-told")).to_have_text("nära ’initiativ i ämnet’")
    tab_to(page, page.get_by_label("Varför just där?"))
    page.keyboard.type("Institutionerna bestämmer själva hos oss.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Din prick är placerad.")
    expect(page).to_have_url(re.compile(r"/breadth$"))
    expect(page.get_by_role("img", name=re.compile("Lärosätenas platser"))).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text(SECRET)

    tab_to(page, page.locator("summary"))
    page.keyboard.press("Enter")
    slider = page.get_by_role("slider", name="Var står ni?")
    tab_to(page, slider)
    page.keyboard.press("Home")
    tab_to(page, page.get_by_role("button", name="Flytta pricken"))
    page.keyboard.press("Space")
    row = page.get_by_role("row").filter(has_text="Provuniversitetet Syd")
    expect(row).to_contain_text("vid ’uppdrag från ledningen’")
    expect(
        page.get_by_role("row").filter(has_text="Tidigare: nära ’initiativ i ämnet’").first
    ).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Ta bort min prick"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("table").first).not_to_contain_text("Provuniversitetet Syd")


def test_a_slider_that_nobody_touched_places_nobody(visit, question):
    page = visit(f"{question}/breadth", BY_STEPS)
    page.get_by_label("Varför just där?").fill("Utan plats.")
    page.get_by_role("button", name="Placera pricken").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj en plats på remsan.")
    assert faults(page) == []
    assert SECRET not in page.content()
    page.get_by_role("link", name="Välj en plats på remsan.").click()
    expect(page.get_by_role("slider")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "mitt emellan")
    page.get_by_role("button", name="Välj bland steg i stället").click()
    assert faults(page) == []
    expect(page.get_by_label("mitt emellan")).to_be_checked()
    page.get_by_label("mitt emellan").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("närmare ’initiativ i ämnet’")).to_be_checked()
    page.get_by_role("button", name="Placera pricken").click()
    own = page.get_by_role("row").filter(has_text="Utan plats.")
    expect(own).to_contain_text("närmare ’initiativ i ämnet’")


def test_everything_works_without_scripts(visit, question):
    page = visit(question, WITHOUT_SCRIPTS, java_script_enabled=False, viewport={"width": 320, "height": 800})
    assert SECRET not in page.content()
    page.get_by_role("radio", name="nära ’uppdrag från ledningen’").check()
    page.get_by_label("Varför just där?").fill("Rektor frågar efter det varje termin.")
    page.get_by_role("button", name="Placera pricken").click()
    expect(page.get_by_role("table").first).to_contain_text("Rektor frågar efter det varje termin.")
    page.locator("summary").click()
    expect(page.get_by_role("radio", name="nära ’uppdrag från ledningen’")).to_be_checked()
    page.get_by_role("link", name="Efter typ av lärosäte").click()
    expect(page.get_by_role("heading", level=3).first).to_be_visible()


def test_the_steering_group_gives_a_question_a_strip_and_may_not_peek(visit, site, question):
    with site.app.app_context():
        query = db.select(Question.id).where(Question.slug == "folja-partnerskap")
        other = f"/questions/{db.session.scalars(query).one()}"
    page = visit(other, STEERING)
    page.get_by_role("link", name="Ge frågan en breddremsa").click()
    page.get_by_label("Den ena änden").fill("samtal")
    page.get_by_label("Den andra änden").fill("Samtal")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_contain_text("Ändarna behöver heta olika.")
    page.get_by_label("Den andra änden").fill("mätetal")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#breadth")).to_contain_text("Frågan har en breddremsa: placera dig.")

    member = visit(other, PLACED)
    member.get_by_role("slider").press("Home")
    member.get_by_label("Varför just där?").fill("Vi ses två gånger om året.")
    member.get_by_role("button", name="Placera pricken").click()
    expect(member.get_by_role("main")).to_contain_text("Det är för få platser för en bild")
    assert faults(member) == []
    page.goto(f"{other}/breadth/edit")
    expect(page.get_by_role("main")).to_contain_text("så namnen kan inte ändras")
    assert "Vi ses två gånger om året." not in page.goto(other).text()
    page.get_by_role("button", name="Titta utan att placera mig").click()
    expect(page.get_by_role("main")).to_contain_text("Vi ses två gånger om året.")
    page.get_by_role("link", name="Ändra breddremsan").click()
    page.get_by_role("link", name=re.compile("Stäng breddremsan")).click()
    page.get_by_role("button", name="Stäng remsan").click()
    expect(page.get_by_role("status").first).to_contain_text("Breddremsan är stängd.")
    member.reload()
    expect(member.get_by_role("main")).to_contain_text("Remsan är stängd.")
    assert faults(member) == []


def test_the_picture_is_seen_in_forced_colours_and_printed_without_the_form(visit, question):
    page = visit(f"{question}/breadth", PLACED)
    look = "element => [getComputedStyle(element).fill, getComputedStyle(element).stroke]"
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        fill, stroke = page.locator(".strip .mark-is").first.evaluate(look)
        assert fill not in (page.evaluate(paper), "none")
        assert page.locator(".strip .mark-was").first.evaluate(look)[1] not in (page.evaluate(paper), "none")
        assert stroke != fill
    page.emulate_media(media="print", forced_colors="none", color_scheme="light")
    expect(page.get_by_role("img", name=re.compile("Lärosätenas platser"))).to_be_visible()
    expect(page.get_by_role("heading", name="Din prick")).to_be_hidden()
