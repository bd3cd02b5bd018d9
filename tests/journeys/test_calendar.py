"""A reader puts a meeting into the calendar, makes an address for all of them, and takes it away again."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.calendars.reading import event, parsed, values
from tests.tooling import vnu

pytestmark = pytest.mark.browser
READER = "representant4@example.org"
PAGE = "/settings/calendar"


def test_from_the_meeting_to_a_file_that_a_calendar_reads(visit):
    page = visit("/meetings/", READER)
    page.get_by_role("main").locator("h2").get_by_role("link").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Lägg i kalendern").click()
    assert download.value.suggested_filename.startswith("klossnet-")
    text = Path(download.value.path()).read_bytes().decode()
    found = event(text)
    assert found.summary.value == title
    assert found.url.value == page.url
    assert "Program\n" in found.description.value
    assert parsed(text).method.value == "PUBLISH"


@pytest.mark.parametrize("has_script", [True, False])
def test_an_address_is_made_shown_once_changed_and_ended(visit, has_script):
    narrow = {"width": 320, "height": 700}
    page = visit("/settings/", READER, java_script_enabled=has_script, viewport=narrow)
    page.get_by_role("link", name="Träffarna i din kalender").click()
    expect(page.get_by_text("Du har ingen adress än.")).to_be_visible()
    page.get_by_role("button", name="Gör en adress").click()
    field = page.get_by_label("Kopiera adressen nu.")
    first = field.input_value()
    assert re.search(r"/calendar/[\w-]{43}\.ics$", first)
    link = page.get_by_role("link", name="Öppna i kalendern på den här enheten")
    expect(link).to_have_attribute("href", first.replace("http://", "webcal://"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # A calendar comes without the reader's cookies.
    stranger = visit("/rules").request
    answer = stranger.get(first)
    assert answer.ok
    assert len(values(answer.text(), "UID")) > 10
    assert stranger.get(first, headers={"If-None-Match": answer.headers["etag"]}).status == 304

    page.reload()
    expect(field).to_have_count(0)
    page.get_by_text("Byt adressen", exact=True).click()
    page.get_by_role("button", name="Gör en ny adress").click()
    second = field.input_value()
    assert [stranger.get(path).status for path in (first, second)] == [404, 200]

    page.get_by_text("Ta bort adressen", exact=True).click()
    page.get_by_role("button", name="Ja, ta bort adressen").click()
    expect(page.get_by_role("status")).to_contain_text("Adressen är borttagen.")
    expect(page.get_by_text("Du har ingen adress än.")).to_be_visible()
    assert stranger.get(second).status == 404


def test_the_page_shuts_nobody_out(visit):
    page = visit(PAGE, READER)
    barriers = []
    for button in (None, "Gör en adress"):
        if button:
            page.get_by_role("button", name=button).click()
        for scheme, width in (("light", 1280), ("dark", 320)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            rules = ["wcag2a", "wcag2aa", "wcag22aa", "best-practice"]
            found = Axe().run(page, options={"runOnly": rules}).response["violations"]
            barriers += [(scheme, each["id"], each["nodes"][0]["html"]) for each in found]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                barriers.append((scheme, "too wide"))
    assert barriers == []
    faults = vnu.check(page.request.get(page.url).text())
    assert [fault for fault in faults if "The “list” role is unnecessary" not in fault] == []
