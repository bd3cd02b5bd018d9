"""Changing one's post in two tabs, reading how it was worded, taking it back and giving it back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core.db import db
from kloss_intranet.members.models import Member
from kloss_intranet.threads.models import Audience, Post, PostKind, Thread
from tests.journeys.test_pages import NEEDED, RULES, SCREENS
from tests.tooling import vnu

pytestmark = pytest.mark.browser
READER = "representant3@example.org"


@pytest.fixture(scope="module")
def mine(site):
    """An experience of the season, older than the quiet minutes, and the address of its writer."""
    with site.app.app_context():
        query = (
            select(Post.id, Member.email, Post.body)
            .join(Member, Member.id == Post.member_id)
            .join(Thread, Thread.id == Post.thread_id)
            .where(
                Post.kind == PostKind.EXPERIENCE,
                Thread.audience == Audience.NETWORK,
                Thread.write_first.is_(False),
                Thread.closed_at.is_(None),
                Member.email.like("representant%"),
                Member.email != READER,
            )
            .order_by(Post.id)
        )
        return db.session.execute(query).first()


def written(page, text):
    """Put `text` in place of what stands in the form, in the editor or in the plain field."""
    box = page.get_by_role("textbox", name="Din text")
    box.fill(text)


def article(page, post_id):
    return page.locator(f"#p{post_id}")


def test_two_tabs_never_overwrite_each_other(visit, mine):
    one, two = visit(f"/posts/{mine.id}", mine.email), visit(f"/posts/{mine.id}", mine.email)
    for page in (one, two):
        article(page, mine.id).get_by_role("link", name="Ändra", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ändra ditt inlägg")
    written(one, "Det första fönstrets text.")
    one.get_by_role("button", name="Spara ändringen").click()
    expect(article(one, mine.id)).to_contain_text("Det första fönstrets text.")
    written(two, "Det andra fönstrets text.")
    two.get_by_role("button", name="Spara ändringen").click()
    expect(two.get_by_role("heading", level=1)).to_have_text("Inlägget har ändrats sedan du öppnade det")
    expect(two.get_by_role("main")).to_contain_text("Det första fönstrets text.")
    expect(two.get_by_role("textbox", name="Din text")).to_contain_text("Det andra fönstrets text.")
    expect(two.locator("del")).to_contain_text("första")
    assert Axe().run(two, options=RULES).violations_count == 0
    two.get_by_role("button", name="Spara min text i stället").click()
    expect(article(two, mine.id)).to_contain_text("Det andra fönstrets text.")

    reader = visit(f"/posts/{mine.id}", READER)
    article(reader, mine.id).get_by_role("link", name="Ändrat").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Tidigare lydelser")
    expect(reader.get_by_role("heading", level=2)).to_have_text(["Nu", "Lydelse 2", "Som det publicerades"])
    expect(reader.locator("ins").first).to_contain_text("andra")
    expect(reader.locator("section").last).to_contain_text(" ".join(mine.body.split()[:5]))
    assert Axe().run(reader, options=RULES).violations_count == 0


def test_looks_survive_the_editor(visit, mine):
    page = visit(f"/posts/{mine.id}/edit", mine.email)
    page.locator("[data-editor='on']").wait_for()
    box = page.get_by_role("textbox", name="Din text")
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+B")
    page.get_by_role("button", name="Spara ändringen").click()
    expect(article(page, mine.id).locator("strong").first).to_be_visible()
    page.goto(f"/posts/{mine.id}/edit")
    expect(box.locator("strong").first).to_be_visible()
    page.get_by_role("button", name="Spara ändringen").click()
    expect(page.get_by_role("status").first).to_contain_text("Inget var ändrat.")


@pytest.mark.parametrize("name", ["edit", "revisions", "withdraw"])
def test_the_pages_shut_nobody_out(visit, mine, name):
    page = visit(f"/posts/{mine.id}/{name}", mine.email)
    answer = page.request.get(f"/posts/{mine.id}/{name}")
    assert [fault for fault in vnu.check(answer.text()) if NEEDED not in fault] == []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        assert Axe().run(page, options=RULES).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_taken_back_and_given_back(visit, mine, scripts):
    page = visit(f"/posts/{mine.id}", mine.email, java_script_enabled=scripts)
    words = article(page, mine.id).locator(".prose").inner_text()
    article(page, mine.id).get_by_role("link", name="Dra tillbaka").click()
    if scripts:
        assert Axe().run(page, options=RULES).violations_count == 0
    page.get_by_role("button", name="Dra tillbaka").click()
    marker = "tillbakadraget av den som skrev det"
    expect(article(page, mine.id)).to_contain_text(marker)
    reader = visit(f"/posts/{mine.id}", READER)
    expect(article(reader, mine.id)).to_contain_text(marker)
    assert words not in reader.content()
    expect(article(reader, mine.id).get_by_text("Ångra tillbakadragandet")).to_have_count(0)
    article(page, mine.id).get_by_role("button", name="Ångra tillbakadragandet").click()
    expect(article(page, mine.id).locator(".prose")).to_have_text(words.replace("\n", " "))
