"""The editor and the textarea under it: either can stand for the other, and nothing written is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.editor.conftest import Text

pytestmark = pytest.mark.browser
EDITOR = "**/built/editor.js*"
QUOTE = '<blockquote><p>Det tog tid.</p><p><a href="/posts/1">Namn</a></p></blockquote>'
PLAIN_QUOTE = "> Det tog tid.\n>\n> /posts/1"
INSERT = """([html, text]) => document.querySelector("#composer [data-editor]").dispatchEvent(
    new CustomEvent("editor:insert", {detail: {html, text}}))"""
FILL = """(text) => {
    const box = document.querySelector("#composer [data-editor] textarea");
    box.value = text;
    box.dispatchEvent(new Event("input", {bubbles: true}));
}"""


def arrived(page, state="on"):
    page.locator(f"#composer [data-editor={state}]").wait_for(state="attached")
    return Text(page)


def test_what_fills_the_textarea_reaches_the_editor(write):
    text = write()
    text.page.evaluate(FILL, "Ett\nbrev.\n\n- en\n  - två\n- tre\n\n> citerat\n> /posts/1")
    assert text.html() == (
        "<p>Ett<br>brev.</p><ul><li><p>en</p><ul><li><p>två</p></li></ul></li><li><p>tre</p></li></ul>"
        '<blockquote><p>citerat</p><p><a href="/posts/1">/posts/1</a></p></blockquote>'
    )
    text.field.fill("Annat.\n\nNytt stycke.")
    assert text.textarea.input_value() == "Annat.\n\nNytt stycke."
    assert text.textarea.bounding_box()["width"] == 1


def test_what_is_handed_over_is_inserted(write):
    text = write()
    text.type("Som du skrev:")
    text.page.evaluate(INSERT, [QUOTE, PLAIN_QUOTE])
    text.type("Så är det.")
    assert text.html() == f"<p>Som du skrev:</p>{QUOTE}<p>Så är det.</p>"
    assert text.textarea.input_value() == f"Som du skrev:\n\n{PLAIN_QUOTE}\n\nSå är det."


def test_what_is_handed_over_early_waits_for_the_editor(approach):
    held = []
    page = approach((EDITOR, lambda route: held.append(route)))  # noqa: PLW0108 - a method has no room for a mark
    page.evaluate(INSERT, [QUOTE, PLAIN_QUOTE])
    expect(page.get_by_label("Din text")).to_have_value("")
    held[0].continue_()
    text = arrived(page)
    expect(text.field.get_by_text("Det tog tid.")).to_be_visible()
    assert text.html() == QUOTE


def test_without_the_editor_it_lands_in_the_textarea(approach):
    page = approach((EDITOR, lambda route: route.abort()))
    text = arrived(page, "plain")
    text.field.fill("Som du skrev:")
    page.evaluate(INSERT, [QUOTE, PLAIN_QUOTE])
    expect(text.field).to_have_value(f"Som du skrev:\n\n{PLAIN_QUOTE}\n\n")
    expect(text.field).to_be_focused()


def test_without_scripts_the_textarea_is_sent(approach):
    page = approach(java_script_enabled=False)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    page.get_by_label("Din text").fill("Skrivet i den enkla rutan.\n\n- en sak")
    page.locator("#composer").get_by_text("Metod", exact=True).click()
    page.get_by_role("button", name="Publicera").click()
    post = page.get_by_role("article").filter(has_text="Skrivet i den enkla rutan.")
    expect(post.get_by_role("listitem").filter(has_text="en sak")).to_have_count(1)


def test_what_is_typed_while_the_editor_is_on_its_way_stays(approach):
    held = []
    page = approach((EDITOR, lambda route: held.append(route)))  # noqa: PLW0108 - a method has no room for a mark
    early = Text(page)
    early.field.click()
    early.type("Början slut")
    early.press(*["ArrowLeft"] * len("slut"))
    held[0].continue_()
    text = arrived(page)
    text.type("mitt ")
    assert text.html() == "<p>Början mitt slut</p>"


def test_an_error_leads_to_the_text_and_its_looks_stay(write):
    text = write()
    text.page.get_by_role("button", name="Publicera").click()
    summary = text.page.get_by_role("alert").filter(has=text.page.get_by_role("link"))
    summary.locator("a[href='#body']").click()
    arrived(text.page)
    expect(text.field).to_be_focused()
    expect(text.field).to_have_attribute("aria-invalid", "true")
    text.press("Control+b")
    text.type("Fet text")
    text.page.get_by_role("button", name="Publicera").click()
    summary.get_by_role("link", name=re.compile("Välj om")).wait_for()
    text.page.locator("#composer").scroll_into_view_if_needed()
    arrived(text.page)
    assert text.html() == "<p><strong>Fet text</strong></p>"
