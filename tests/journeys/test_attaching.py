"""Files are attached with scripts and without, described, and fetched by a colleague."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core.db import db
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members.models import Origin
from kloss_intranet.threads.models import Audience, Thread
from tests import samples

pytestmark = pytest.mark.browser
WRITER = "representant2@example.org"
READER = "representant3@example.org"
OTHER = "styrgrupp@example.org"


@pytest.fixture(scope="module")
def thread(site):
    """An invented thread of the network for a meeting that is still ahead."""
    ahead = Meeting.origin == Origin.INVENTED, Meeting.state == "open", Thread.audience == Audience.NETWORK
    with site.app.app_context():
        return db.session.scalars(
            select(Thread).join(Thread.meeting).where(*ahead).order_by(Thread.id)
        ).first()


def file(name, content, kind="application/octet-stream"):
    return {"name": name, "mimeType": kind, "buffer": content}


def write(page, text):
    composer = page.locator("#composer")
    composer.get_by_text("Metod", exact=True).click()
    editor = composer.locator("[contenteditable=true], textarea[name=body]").locator("visible=true").first
    editor.fill(text)
    return composer


def test_files_are_sent_while_the_text_is_written(visit, thread):
    page = visit(f"/threads/{thread.id}", WRITER)
    composer = write(page, "Med filer, medan texten skrevs.")
    status = composer.locator(".attach-status")
    held = []
    page.route(
        "**/attachments", lambda route: route.continue_() if held else held.append(route)
    )  # so that the way there can be seen
    composer.locator("input[type=file]").set_input_files(
        [file("plan.pdf", samples.PDF), file("sal.jpg", samples.photo())]
    )
    expect(composer.get_by_role("progressbar")).to_be_visible()
    expect(status).to_have_text(re.compile("Skickar"))
    composer.get_by_role("button", name="Publicera").click()
    expect(status).to_have_text("Vänta tills filerna är framme.")
    held[0].continue_()
    expect(status).to_have_text("sal.jpg är med.")
    expect(composer.get_by_role("progressbar")).to_be_hidden()
    waiting = composer.get_by_role("list", name="Filer som följer med").get_by_role("listitem")
    expect(waiting).to_have_count(2)
    expect(waiting.first).to_contain_text("PDF")
    composer.get_by_label("Beskriv bilden").fill("Salen är tom")
    composer.locator("input[type=file]").set_input_files([file("elak.pdf", samples.HTML)])
    expect(status).to_contain_text("elak.pdf innehåller HTML")
    expect(waiting).to_have_count(2)
    expect(composer.get_by_label("Beskriv bilden")).to_have_value("Salen är tom")
    waiting.first.get_by_role("button", name="Ta bort plan.pdf").click()
    expect(waiting).to_have_count(1)
    expect(status).to_have_text("plan.pdf är borttagen.")
    composer.get_by_role("button", name="Publicera").click()
    post = page.get_by_role("article").filter(has_text="Med filer, medan texten skrevs.")
    expect(post.get_by_role("list", name="Bifogade filer")).to_contain_text("bild (JPEG)")
    expect(post).to_contain_text("Salen är tom")
    expect(post).not_to_contain_text("plan.pdf")

    other = visit(page.url, READER)
    with other.expect_download() as fetched:
        other.get_by_role("link", name="sal.jpg").click()
    content = fetched.value.path().read_bytes()
    assert fetched.value.suggested_filename == "sal.jpg"
    assert content.startswith(b"\xff\xd8\xff")
    assert samples.PLACE not in content


def test_a_file_that_does_not_get_there_leaves_the_text(visit, thread):
    page = visit(f"/threads/{thread.id}", READER)
    composer = write(page, "Texten står kvar.")
    page.route("**/attachments", lambda route: route.abort())
    composer.locator("input[type=file]").set_input_files([file("plan.pdf", samples.PDF)])
    expect(composer.locator(".attach-status")).to_contain_text("plan.pdf kom inte fram")
    expect(composer).to_contain_text("Texten står kvar.")
    page.unroute("**/attachments")
    composer.locator("input[type=file]").set_input_files([file("plan.pdf", samples.PDF)])
    expect(composer.locator(".attach-status")).to_have_text("plan.pdf är med.")
    expect(composer.locator(".attach-status")).not_to_have_class(re.compile("error"))


def test_without_scripts_the_files_go_with_the_text(visit, thread):
    page = visit(f"/threads/{thread.id}", OTHER, java_script_enabled=False)
    composer = page.locator("#composer")
    composer.get_by_label("Din text").fill("Med filer, utan skript.")
    composer.locator("input[type=file]").set_input_files(
        [file("a.txt", samples.TEXT), file("sal.png", samples.picture())]
    )
    composer.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj om erfarenheten handlar om")
    expect(composer.get_by_role("listitem").filter(has_text="a.txt")).to_have_count(1)
    composer.get_by_label("Ta bort a.txt").check()
    composer.get_by_label("Beskriv bilden").fill("En sal")
    composer.get_by_text("Metod", exact=True).click()
    composer.get_by_role("button", name="Publicera").click()
    post = page.get_by_role("article").filter(has_text="Med filer, utan skript.")
    expect(post.get_by_role("list", name="Bifogade filer")).to_contain_text("sal.png")
    expect(post).to_contain_text("En sal")
    expect(post).not_to_contain_text("a.txt")


def test_the_writer_gives_a_new_version(visit, thread):
    page = visit(f"/threads/{thread.id}", WRITER, java_script_enabled=False)
    composer = page.locator("#composer")
    composer.get_by_text("Metod", exact=True).click()
    composer.get_by_label("Din text").fill("Planen i två versioner.")
    composer.locator("input[type=file]").set_input_files([file("plan.pdf", samples.PDF)])
    composer.get_by_role("button", name="Publicera").click()
    post = page.get_by_role("article").filter(has_text="Planen i två versioner.")
    post.get_by_role("link", name="Filer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filer vid inlägget")
    page.get_by_text("Ändra plan.pdf").click()
    page.get_by_label("Ny version").set_input_files([file("plan2.txt", samples.TEXT)])
    page.get_by_role("button", name="Bifoga ny version").click()
    expect(page.get_by_role("main")).to_contain_text("Version 2: plan2.txt")
    expect(page.get_by_role("main")).to_contain_text("Version 1: plan.pdf")
