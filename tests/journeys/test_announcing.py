"""The coordinator writes to the network, looks, tries it on herself and sends; a member finds it at home."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.tooling import vnu

pytestmark = pytest.mark.browser
COORDINATOR, MEMBER = "koordinator@example.org", "representant2@example.org"
TITLE, WORDS = "Ny sal i januari", "Vi ses i aulan i stället."
NEEDED = "The “list” role is unnecessary"
SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def test_written_tried_sent_and_found(visit):
    page = visit("/desk/", COORDINATOR)
    page.get_by_role("link", name="Meddelanden från kansliet").click()
    page.get_by_role("link", name="Skriv ett meddelande").click()
    page.get_by_role("button", name="Spara och förhandsgranska").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv en rubrik.")
    no_barrier(page)

    page.get_by_label("Rubrik", exact=True).first.fill(TITLE)
    field = page.locator("[contenteditable=true], textarea[name=body]").locator("visible=true").first
    field.click()
    page.keyboard.type(WORDS)
    page.get_by_text("Alla i nätverket", exact=True).click()
    page.get_by_role("button", name="Spara och förhandsgranska").click()
    expect(page.locator(".preview")).to_contain_text(WORDS)
    no_barrier(page)

    # Nobody else has it before it is sent.
    member = visit("/announcements/", MEMBER)
    expect(member.get_by_role("main")).not_to_contain_text(TITLE)
    no_barrier(member)

    page.get_by_role("button", name="Skicka till mig först").click()
    expect(page.get_by_role("status")).to_contain_text(f"Brevet är på väg till {COORDINATOR}.")
    page.get_by_role("button", name="Skicka till mig först").click()
    expect(page.get_by_role("status")).to_contain_text("Du har redan fått den här lydelsen.")
    page.get_by_role("button", name=re.compile(r"^Skicka till \d+ personer$")).click()
    expect(page.get_by_role("status")).to_contain_text("Meddelandet är på väg.")
    no_barrier(page)

    # A member, on a phone and without scripts.
    phone = {"width": 360, "height": 700}
    member = visit("/", MEMBER, viewport=phone, java_script_enabled=False)
    member.get_by_role("region", name="Till dig").get_by_role("link", name=TITLE).click()
    expect(member.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(member.get_by_role("main")).to_contain_text(WORDS)
    member.goto("/settings/")
    member.get_by_role("link", name="Meddelanden från kansliet").click()
    expect(member.get_by_role("link", name=TITLE)).to_be_visible()


def no_barrier(page: Page) -> None:
    """The page has no barrier, no fault in its HTML, and nothing cut off."""
    barriers = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES)
        barriers += [
            f"{scheme} {width}: {each['id']}: {[node['html'][:200] for node in each['nodes']]}"
            for each in found.response["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        barriers += [f"{wide} px wider than a window of {width} px"] if wide > 0 else []
    html = page.request.get(page.url).text()
    barriers += [fault for fault in vnu.check(html) if NEEDED not in fault]
    assert barriers == [], page.url
    page.set_viewport_size({"width": 1280, "height": 900})
