"""What is pasted from Word and its kin comes out clean, and what is dangerous or too large stays outside."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
FIXTURES = Path(__file__).parent / "fixtures"
# The editor hears of a new selection a moment after the key that made it.
PASTE = """async ([html, text]) => {
    await new Promise((done) => setTimeout(done, 50));
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    const target = document.querySelector("#composer .ProseMirror");
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
SHARED = "<p>Vi lät <strong>två</strong><em> institutioner</em> pröva.</p>"
LISTS = "<ul><li><p>Tid</p><ul><li><p>en termin</p></li></ul></li></ul><ol><li><p>Samtal</p></li></ol>"


def paste(text, html, plain=""):
    text.page.evaluate(PASTE, [html, plain])


@pytest.mark.parametrize("source", ["word-online", "google-docs", "libreoffice"])
def test_the_same_document_from_three_programs(write, source):
    text = write()
    paste(text, (FIXTURES / f"{source}.html").read_text("utf-8"))
    assert text.html() == f"<h3>Så började vi</h3>{SHARED}{LISTS}"


def test_a_document_from_word(write):
    text = write()
    paste(text, (FIXTURES / "word-desktop.html").read_text("utf-8"))
    assert text.html() == (
        "<h3>Erfarenheter av flexibla salar</h3><h4>Så började vi</h4>"
        "<p>Vi lät <strong>två institutioner</strong> pröva i <em>ett år</em>. ”Det gick bättre än väntat”, "
        "sa en lärare – kostnaden sjönk med 10&nbsp;%. Läs mer på "
        '<a href="https://www.example.org/salar?a=1&amp;b=2">projektets sida</a> eller i rapporten.</p>'
        "<h4>Det som hjälpte</h4>"
        "<ul><li><p>Tid att pröva</p><ul><li><p>en <strong>hel</strong> termin</p>"
        "<ul><li><p>med paus</p></li></ul></li></ul></li><li><p>En ansvarig person</p></li></ul>"
        "<p>Ordningen var denna:</p>"
        "<ol><li><p>Samtal</p><ol><li><p>med lärarna</p></li></ol></li><li><p>Prov</p></li></ol>"
        "<blockquote><p>Ingen vill tillbaka.</p></blockquote>"
        "<table><tbody><tr><th><p>Sal</p></th><th><p>Kostnad</p></th></tr>"
        "<tr><td><p>Stora salen</p></td><td><p></p></td></tr></tbody></table>"
        "<p>Slutsats med ett tillägg.<br>Andra raden.</p>"
    )
    assert text.page.locator("#composer .ProseMirror [style]").count() == 0


def test_a_list_whose_style_was_lost_on_the_way(write):
    text = write()
    sign = "<!--[if !supportLists]--><span>{}<span>&nbsp;&nbsp;</span></span><!--[endif]-->"
    paste(
        text,
        f"<p class=MsoListParagraph>{sign.format('·')}Tid</p>"
        f'<p class=MsoListParagraph style="margin-left:72.0pt">{sign.format("o")}en termin</p>'
        f"<p class=MsoListParagraph>{sign.format('1)')}Samtal</p>",
    )
    assert text.html() == LISTS


def test_what_carries_danger_is_left_behind(write):
    text = write()
    paste(
        text,
        '<p onclick="window.bad=1" style="color:red">Text <a href="javascript:window.bad=1">länk</a>'
        '<img src="x" onerror="window.bad=1"><script>window.bad=1</script><iframe src="/"></iframe></p>',
    )
    assert text.html() == "<p>Text länk</p>"
    assert text.page.evaluate("window.bad") is None


def test_a_paste_too_large_keeps_its_words(write):
    text = write()
    paste(text, "<p>" + "<b>x</b>" * 130_000 + "</p>", "Bara orden.\n\n- ett\n- två")
    assert text.html() == "<p>Bara orden.</p><ul><li><p>ett</p></li><li><p>två</p></li></ul>"
    expect(text.status).to_contain_text("för stort")


def test_an_address_over_chosen_words_becomes_their_link(write):
    text = write()
    text.type("Läs rapporten")
    text.press(*["Shift+ArrowLeft"] * len("rapporten"))
    paste(text, "", "https://example.org/rapport")
    assert text.html() == '<p>Läs <a href="https://example.org/rapport">rapporten</a></p>'
