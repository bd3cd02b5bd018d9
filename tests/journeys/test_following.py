"""A reader follows a theme, is told of a new post, sees why, and changes it from the thread."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members.models import Origin
from kloss_intranet.themes.models import Theme
from kloss_intranet.threads.models import Audience, Thread
from tests.tooling import vnu

pytestmark = pytest.mark.browser
READER = "representant2@example.org"
WRITER = "representant3@example.org"
TEXT = "Vi lät ett råd av lärare läsa alla avtal."


@pytest.fixture(scope="module")
def place(site):
    """A thread of the meeting ahead, and the address of its theme."""
    with site.app.app_context():
        rows = select(Thread, Theme.slug).join(Theme, Theme.id == Thread.theme_id)
        ahead = rows.join(Meeting, Meeting.id == Thread.meeting_id).where(
            Meeting.origin == Origin.INVENTED, Meeting.state == "open", Thread.audience == Audience.NETWORK
        )
        thread, slug = db.session.execute(ahead.order_by(Thread.id)).first()
    return thread, f"/themes/{slug}"


def letters(site):
    """What the reader has been sent about the text, whatever other tests have caused."""
    with site.app.app_context():
        found = select(Letter).where(Letter.address == READER, Letter.plain.contains(TEXT))
        return list(db.session.scalars(found.order_by(Letter.id)))


def write(visit, thread, text):
    page = visit(f"/threads/{thread.id}", WRITER)
    composer = page.locator("#composer")
    composer.get_by_text("Metod", exact=True).click()
    composer.get_by_label("Din text").fill(text)
    page.wait_for_load_state("networkidle")  # the editor that comes in moves the button
    composer.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("article").filter(has_text=text)).to_be_visible()


def section(page):
    return page.locator("#following")


def test_from_the_theme_to_the_home_page_and_back_to_silence(visit, site, place):
    thread, theme = place
    reader = visit(theme, READER)
    section(reader).get_by_role("button", name="Allt").click()
    expect(section(reader).get_by_role("button", name="Allt")).to_have_attribute("aria-pressed", "true")
    expect(reader.get_by_role("status")).to_contain_text("Du får alla inlägg i temats trådar.")

    write(visit, thread, TEXT)
    (letter,) = letters(site)
    assert TEXT in letter.plain
    assert "för att du följer temat" in letter.plain

    reader.goto("/")
    told = reader.get_by_role("region", name="Till dig")
    line = told.get_by_role("listitem").filter(has_text=thread.title)
    expect(line).to_contain_text("Nytt inlägg av")
    line.get_by_role("link").click()
    expect(reader.get_by_role("article").filter(has_text=TEXT)).to_be_visible()

    change = re.search(r"https?://\S+#following", letter.plain).group()
    reader.goto(change)
    expect(section(reader)).to_contain_text("Du får alla inlägg, för att du följer temat")
    section(reader).get_by_role("button", name="Inget").focus()
    reader.keyboard.press("Enter")
    expect(section(reader)).to_contain_text("Du får inga mail om tråden. Det har du valt för den.")
    expect(reader).to_have_url(re.compile(r"#following$"))
    write(visit, thread, f"{TEXT} Ett år till.")
    assert len(letters(site)) == 1


def test_all_choices_on_one_page_without_scripts(visit, place):
    thread, _theme = place
    narrow = {"width": 320, "height": 700}
    page = visit(f"/threads/{thread.id}", READER, java_script_enabled=False, viewport=narrow)
    section(page).get_by_role("button", name="Det som rör mig").click()
    page.goto("/settings/")
    page.get_by_role("link", name="Det du får mail om").click()
    row = page.get_by_role("listitem").filter(has_text=thread.title)
    expect(row.get_by_role("button", name="Det som rör mig")).to_have_attribute("aria-pressed", "true")
    row.get_by_role("button", name="Ta bort mitt val").click()
    expect(page).to_have_url(re.compile(r"/following$"))
    expect(page.get_by_role("listitem").filter(has_text=thread.title)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/", "/following", "/notices", "thread", "theme"])
def test_the_pages_shut_nobody_out(visit, place, path):
    """With choices and lines on them, as the tests above have left them."""
    thread, theme = place
    page = visit({"thread": f"/threads/{thread.id}", "theme": theme}.get(path, path), READER)
    barriers = []
    for scheme, width in (("light", 1280), ("dark", 320)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa", "best-practice"]})
        barriers += [(scheme, each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            barriers.append((scheme, "too wide", path))
    assert barriers == []
    faults = vnu.check(page.request.get(page.url).text())
    assert [fault for fault in faults if "The “list” role is unnecessary" not in fault] == []


def test_what_is_told_can_be_marked_as_seen(visit, site, place):
    thread, _theme = place
    reader = visit("/", READER)
    reader.goto(f"/threads/{thread.id}")
    section(reader).get_by_role("button", name="Allt").click()
    for number in (1, 2):
        write(visit, thread, f"Ännu en erfarenhet, den {number}:a.")
    reader.goto("/")
    told = reader.get_by_role("region", name="Till dig")
    expect(told.get_by_role("listitem").filter(has_text=thread.title)).to_contain_text("nya inlägg")
    told.get_by_role("button", name="Märk allt som sett").click()
    expect(reader.get_by_role("region", name="Till dig")).to_have_count(0)
    reader.goto("/notices")
    expect(reader.get_by_role("listitem").filter(has_text=thread.title).first).to_be_visible()
    expect(reader.get_by_role("button", name="Märk allt som sett")).to_have_count(0)
