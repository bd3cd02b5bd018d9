"""A coordinator plans after the previous meeting, a host fills in, and in the end it is cancelled."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from tests.journeys.test_pages import NEEDED, RULES, SCREENS
from tests.tooling import vnu

pytestmark = pytest.mark.browser
COORDINATOR, HOST, OTHER = "koordinator@example.org", "vard@example.org", "representant2@example.org"
FIRST_DAY = clock.today() + timedelta(days=150)
LAST_DAY = FIRST_DAY + timedelta(days=1)


@pytest.fixture(scope="module")
def planned(visit_once):
    """The address of a meeting that the coordinator has planned after the latest one, without scripts."""
    page = visit_once("/meetings/", COORDINATOR, java_script_enabled=False)
    page.get_by_role("link", name="Planera en träff").click()
    page.get_by_role("link", name="Efter en tidigare träff").click()
    expect(page.get_by_role("main")).to_contain_text("Program och klockslag tas efter Det som räknas.")
    page.get_by_label("Första dagen").fill(str(FIRST_DAY))
    page.get_by_label("Sista dagen").fill(str(LAST_DAY))
    page.get_by_label("Ort").fill("Provköping")
    page.get_by_label("Rubrik").fill("Att planera ihop")
    page.get_by_label("Adress på webbplatsen").fill("att-planera-ihop")
    expect(page.get_by_label("Hur får prefekter utrymme för samverkan?")).to_be_checked()
    page.get_by_role("button", name="Planera träffen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programmet")
    expect(page.get_by_role("main")).to_contain_text("Studiebesök")
    return "/meetings/att-planera-ihop"


@pytest.fixture(scope="module")
def visit_once(browser, site):
    """As `visit`, for what is done once for all tests here."""
    contexts = []

    def go(path, as_, **options):
        context = browser.new_context(locale="sv-SE", base_url=site.url, **options)
        contexts.append(context)
        context.add_cookies([site.cookie(as_)])
        page = context.new_page()
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()


def test_the_new_meeting_leads_back_to_the_one_before_and_takes_its_open_question_along(visit, planned):
    page = visit(planned, OTHER)
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Det som räknas").first).to_be_visible()
    expect(main).to_contain_text("Hur får prefekter utrymme för samverkan?")
    expect(main.get_by_role("link", name="Ändra träffen")).to_have_count(0)
    page.goto("/planning/")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Att planera ihop.*Saknas: värd", re.DOTALL))


def test_a_host_is_named_and_fills_in_what_is_practical(visit, planned):
    page = visit(f"{planned}/edit", COORDINATOR)
    page.get_by_text("Välj värdar").click()
    page.get_by_label("Tekniska testhögskolan").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("Träffen är ändrad.")
    page.goto(f"{planned}/helpers")
    page.get_by_label("Medlemmens mailadress").fill(HOST)
    page.get_by_role("button", name="Lägg till").click()

    host = visit("/", HOST, java_script_enabled=False)
    host.get_by_role("main").get_by_role("link", name=re.compile("Att planera ihop")).first.click()
    expect(host.get_by_role("heading", level=1)).to_have_text("Checklista")
    host.get_by_role("button", name="Börja med den vanliga listan").click()
    first = host.get_by_role("main").get_by_role("listitem").filter(has_text="Boka lokaler")
    expect(first).to_contain_text("Försenad")
    first.get_by_role("button", name="Klar").click()
    expect(first).to_contain_text(re.compile(r"Klar \d"))
    host.get_by_role("link", name="Programmet").click()
    host.get_by_role("link", name="Ändra Studiebesök").click()
    host.get_by_label(re.compile(r"^Plats \(")).fill("Provkajen")
    host.get_by_label("Slutar klockan").fill("12:00")
    host.get_by_role("button", name="Spara").click()
    expect(host.get_by_role("alert")).to_contain_text("Delen måste sluta efter att den har börjat.")
    expect(host.get_by_label(re.compile(r"^Plats \("))).to_have_value("Provkajen")
    host.get_by_label("Slutar klockan").fill("15:00")
    host.get_by_role("button", name="Spara").click()
    expect(host.get_by_role("main")).to_contain_text("Provkajen")


def test_the_order_is_changed_by_keyboard_and_the_clock_runs_along(visit, planned):
    page = visit(f"{planned}/agenda", COORDINATOR)
    for title, minutes in (("Välkommen", "15"), ("Samtal", "30")):
        page.get_by_label("Rubrik").fill(title)
        page.get_by_label("Minuter").fill(minutes)
        page.get_by_label("Programmets del").select_option(label="Studiebesök")
        page.get_by_role("button", name="Lägg till punkten").click()
    up = page.get_by_role("button", name="Upp Välkommen")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("«Välkommen» är nu punkt 1.")
    field = page.get_by_label("Plats i ordningen Samtal")
    field.fill("2")
    field.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("«Samtal» är nu punkt 2.")
    titles = page.get_by_role("main").locator(".agenda h2")
    expect(titles).to_have_text(["Välkommen", "Samtal", "Hur får prefekter utrymme för samverkan?"])
    page.goto(planned)
    agenda = page.locator(".agenda")
    expect(agenda.get_by_role("listitem").nth(0)).to_contain_text(re.compile(r"13\.00.*–13\.15", re.DOTALL))
    expect(agenda.get_by_role("listitem").nth(1)).to_contain_text(re.compile(r"13\.15.*–13\.45", re.DOTALL))


def test_a_representative_offers_to_host(visit, planned):
    page = visit("/planning/", OTHER, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.get_by_label("Något att tillägga").fill("Gärna tillsammans med grannen")
    page.get_by_role("button", name="Erbjud oss som värd").click()
    expect(page.get_by_role("main")).to_contain_text("Gärna tillsammans med grannen")
    page.get_by_role("button", name="Ta tillbaka erbjudandet").click()
    expect(page.get_by_role("main")).not_to_contain_text("Gärna tillsammans med grannen")


PAGES = ("edit", "parts", "agenda", "checklist", "helpers", "cancel")


@pytest.mark.parametrize("name", ["/planning/", "/planning/new?from=previous", *PAGES])
def test_nobody_is_shut_out(visit, planned, name):
    page = visit(name if name.startswith("/") else f"{planned}/{name}", COORDINATOR)
    barriers = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES).response["violations"]
        barriers += [
            (scheme, width, each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found
        ]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, width)
    assert barriers == []
    text = page.request.get(page.url).text()
    assert [fault for fault in vnu.check(text) if NEEDED not in fault] == []


def test_a_cancelled_meeting_says_why_and_everyone_is_told(visit, site, planned):
    page = visit(planned, COORDINATOR)
    page.get_by_role("link", name="Ställ in träffen").click()
    page.get_by_label("Varför").fill("Värden kan inte ta emot.")
    page.get_by_role("button", name="Ställ in träffen").click()
    expect(page.get_by_role("main")).to_contain_text("Träffen är inställd")
    expect(page.get_by_role("main")).to_contain_text("Värden kan inte ta emot.")
    other = visit("/", OTHER)
    other.get_by_role("main").get_by_role("link", name=re.compile("Träffen är inställd")).click()
    expect(other.get_by_role("main")).to_contain_text("Värden kan inte ta emot.")
    with site.app.app_context():
        told = db.session.scalars(select(Letter.address).where(Letter.key.like("cancellation:%"))).all()
    assert {HOST, OTHER} <= {*told}
    assert COORDINATOR not in told
