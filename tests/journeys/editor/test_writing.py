"""Writing with the rich editor: complete from the keyboard, and nobody is shut out."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def test_written_and_published_without_a_mouse(write):
    text = write()
    page = text.page
    text.tool("Rubrik")
    text.type("Så började vi")
    text.press("Enter")
    text.type("Det var ")
    text.press("Control+b")
    text.type("mycket")
    text.press("Control+b")
    text.type(" arbete.")
    text.press("Enter")
    text.tool("Punktlista")
    text.type("Tid")
    text.press("Enter")
    text.type("Lokaler")
    text.press("Enter", "Enter", "Control+k")
    expect(page.get_by_label("Adress")).to_be_focused()
    text.type("inte en adress")
    text.press("Enter")
    expect(page.get_by_label("Adress")).to_have_attribute("aria-invalid", "true")
    text.press("Control+a")
    text.type("example.org/salar")
    text.press("Enter", "Enter")
    text.tool("Infoga tabell")
    for word in ("Sal", "Platser", "År", "Stora"):
        text.type(word)
        text.press("Tab")
    text.tool("Ny rad")
    text.tool("Ta bort kolumn")
    table = (
        "<table><tbody><tr><th><p>Sal</p></th><th><p>År</p></th></tr>"
        "<tr><td><p>Stora</p></td><td><p></p></td></tr><tr><td><p></p></td><td><p></p></td></tr></tbody></table>"
    )
    assert text.html() == (
        "<h3>Så började vi</h3><p>Det var <strong>mycket</strong> arbete.</p>"
        "<ul><li><p>Tid</p></li><li><p>Lokaler</p></li></ul>"
        '<p><a href="https://example.org/salar">example.org/salar</a></p>' + table
    )
    page.locator("input[name=aspect][value=method]").focus()
    text.press("Space")
    page.get_by_role("button", name="Publicera").focus()
    text.press("Enter")
    post = page.get_by_role("article").filter(has_text="Så började vi")
    expect(post.get_by_role("heading", name="Så började vi", level=3)).to_be_visible()
    expect(post.get_by_role("listitem")).to_have_text(["Tid", "Lokaler"])
    expect(post.get_by_role("link", name="example.org/salar")).to_have_attribute(
        "href", re.compile("^https:")
    )
    expect(post.get_by_role("columnheader")).to_have_text(["Sal", "År"])


def test_the_toolbar_is_one_stop_and_says_what_is_on(write):
    text = write()
    page = text.page
    toolbar = page.get_by_role("toolbar", name="Formatering")
    assert toolbar.locator("[tabindex='0']").count() == 1
    text.press("Alt+F10", "End")
    expect(page.get_by_role("button", name="Gör om")).to_be_focused()
    text.press("ArrowRight")
    expect(page.get_by_role("button", name="Rubrik", exact=True)).to_be_focused()
    text.press("ArrowLeft", "Escape")
    expect(text.field).to_be_focused()
    bold = toolbar.get_by_role("button", name="Fet")
    expect(bold).to_have_attribute("aria-pressed", "false")
    text.tool("Fet")
    expect(bold).to_have_attribute("aria-pressed", "true")
    expect(text.status).to_have_text("Fet: på")
    expect(toolbar.get_by_role("button", name="Ny rad")).to_be_hidden()


def test_the_tab_key_leads_out(write):
    text = write()
    text.tool("Infoga tabell")
    text.press(*["Tab"] * 6)
    expect(text.field).not_to_be_focused()
    text.field.focus()
    text.press("Escape", "Tab")
    expect(text.field).not_to_be_focused()


def test_names_are_offered_while_written(write):
    text = write()
    page = text.page
    offers = [
        {"label": "Agnes Björk", "detail": "Björkö universitet", "url": "/members/7"},
        {"label": "Agneta Ås", "detail": "Åsnes högskola", "url": "/members/8"},
    ]
    page.route("**/mentions?q=*", lambda route: route.fulfill(body=json.dumps(offers)))
    page.route("**/references?q=*", lambda route: route.fulfill(status=404))
    text.type("Fråga @ag")
    options = page.get_by_role("listbox", name="Förslag").get_by_role("option")
    expect(options).to_have_count(2)
    expect(text.status).to_contain_text("Förslag: 2")
    assert Axe().run(page, options=RULES).response["violations"] == []
    text.press("ArrowDown")
    expect(text.field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    text.press("Enter")
    expect(options).to_have_count(0)
    assert text.html() == '<p>Fråga <a href="/members/8">@Agneta Ås</a> </p>'
    text.type("om @ag")
    expect(options).to_have_count(2)
    text.press("Escape")
    expect(page.get_by_role("listbox", name="Förslag")).to_be_hidden()
    with page.expect_response("**/references?q=*"):
        text.type(" #sa")
    text.press("Enter")
    text.type("Klart.")
    assert text.html().endswith("om @ag #sa</p><p>Klart.</p>")


def test_the_counter_counts_what_is_written(write):
    text = write()
    page = text.page
    limit = int(page.locator("#composer [data-limit]").get_attribute("data-limit"))
    counter = page.locator("#composer .counter")
    text.field.fill("x" * (limit // 2))
    expect(counter).to_have_text("")
    text.field.fill("x" * (limit - 7))
    expect(counter).to_have_text("Tecken kvar: 7")
    text.type("123456789")
    expect(counter).to_have_text("Tecken för mycket: 2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(write, scheme):
    text = write(viewport={"width": 320, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = text.page
    text.tool("Infoga tabell")
    for word in ("Kostnadsfördelningsmodelldiskussionsunderlag", "År", "Plats"):
        text.type(word)
        text.press("Tab")
    text.press("Control+k")
    assert [each["id"] for each in Axe().run(page, options=RULES).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sizes = page.locator("#composer .tool:visible").evaluate_all(
        "all => all.map((tool) => Math.min(tool.offsetWidth, tool.offsetHeight))"
    )
    assert min(sizes) >= 24


def test_a_link_is_changed_and_taken_away(write):
    text = write()
    text.type("Läs rapporten.")
    text.press("Control+a", "Control+k")
    text.type("kontakt@example.org")
    text.press("Enter")
    assert text.html() == '<p><a href="mailto:kontakt@example.org">Läs rapporten.</a></p>'
    text.press("Control+k")
    expect(text.page.get_by_label("Adress")).to_have_value("mailto:kontakt@example.org")
    text.press("Escape")
    expect(text.field).to_be_focused()
    text.press("Control+k", "Tab", "Tab")
    expect(text.page.get_by_role("button", name="Ta bort länken")).to_be_focused()
    text.press("Enter")
    assert text.html() == "<p>Läs rapporten.</p>"
    text.press("Control+z")
    assert text.html() == '<p><a href="mailto:kontakt@example.org">Läs rapporten.</a></p>'
