"""A representative shares an experience before a meeting, and another one answers it."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from kloss_intranet.core.db import db
from kloss_intranet.history.demo import PASSWORD
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members.models import Origin
from kloss_intranet.threads.models import Audience, Post, Thread

pytestmark = pytest.mark.browser
WRITER = "representant1@example.org"
READER = "representant3@example.org"
STEERING = "styrgrupp@example.org"
GUEST = "gast@example.org"
FORMER = "tidigare@example.org"
TEXT = "Vi lät två institutioner pröva var sitt sätt under ett år."


@pytest.fixture(scope="module")
def demo(site):
    """Reads the demo's database: the first row that fits."""

    def first(kind, *conditions):
        with site.app.app_context():
            return db.session.scalars(select(kind).where(*conditions).order_by(kind.id)).first()

    return first


@pytest.fixture(scope="module")
def coming(demo):
    """The invented meeting that is still ahead."""
    return demo(Meeting, Meeting.origin == Origin.INVENTED, Meeting.state == "open")


@pytest.fixture(scope="module")
def thread(demo, coming):
    return demo(Thread, Thread.meeting_id == coming.id, Thread.audience == Audience.NETWORK)


def sign_in(page, email):
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in").click()


def share(page, text=TEXT):
    """Fill in the composer that stands at the end of the thread, and publish."""
    composer = page.locator("#composer")
    composer.get_by_text("Metod", exact=True).click()
    composer.get_by_text("Främjande", exact=True).click()
    composer.get_by_label("Din text").fill(text)
    page.wait_for_load_state("networkidle")  # the editor that comes in moves the button
    composer.get_by_role("button", name="Publicera").click()


def test_from_the_door_to_a_letter(visit, demo, coming, thread):
    page = visit("/")
    sign_in(page, WRITER)
    expect(page).to_have_url(re.compile(r"/$"))
    page.goto(f"/meetings/{coming.slug}")
    page.get_by_role("main").get_by_role("link", name=thread.title).first.click()
    share(page)
    post = page.get_by_role("article").filter(has_text=TEXT)
    expect(post).to_have_attribute("data-phase", "before")
    expect(post).to_contain_text("Metod")
    expect(post).to_contain_text("Främjande")
    stored = demo(Post, Post.body == TEXT)
    assert (stored.aspect, stored.factor) == ("method", "helping")

    other = visit(f"/posts/{stored.id}", READER)
    other.get_by_role("article").filter(has_text=TEXT).get_by_role("link", name="Svara").click()
    composer = other.locator("#composer")
    composer.get_by_label("Din text").fill("Hos oss gick det åt andra hållet.")
    composer.get_by_text("Motsatt erfarenhet", exact=True).click()
    composer.get_by_role("button", name="Publicera").click()
    reply = other.get_by_role("article").filter(has_text="Hos oss gick det åt andra hållet.")
    expect(reply).to_contain_text("Motsatt erfarenhet")
    letter = demo(Letter, Letter.address == WRITER)
    assert letter is not None
    assert thread.title in letter.subject


def test_an_empty_text_is_asked_for_again(visit, thread):
    page = visit(f"/threads/{thread.id}", WRITER)
    page.locator("#composer").get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv något innan du publicerar.")
    page.get_by_role("alert").get_by_role("link", name="Skriv något innan du publicerar.").click()
    expect(page.get_by_label("Din text")).to_be_focused()


def test_the_steering_groups_thread(visit, demo):
    steering = demo(Thread, Thread.audience == Audience.STEERING)
    page = visit(f"/threads/{steering.id}", STEERING)
    expect(page.get_by_role("heading", level=1)).to_have_text(steering.title)
    page = visit(f"/threads/{steering.id}", WRITER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")


def test_a_guest_sees_one_meeting(visit, thread):
    page = visit("/meetings/", GUEST)
    meetings = page.get_by_role("main").locator("a[href^='/meetings/']:not([href*='?'])")
    addresses = {link.get_attribute("href") for link in meetings.all()} - {"/meetings/"}
    assert len(addresses) == 1
    assert page.goto(addresses.pop()).status == 200
    assert page.goto(f"/threads/{thread.id}").status == 404
    assert page.goto("/members/").status == 403


def test_a_former_representative_reads_and_does_not_write(visit, demo):
    page = visit("/", FORMER)
    oldest = select(func.min(Thread.opened_at)).scalar_subquery()
    known = demo(Thread, Thread.opened_at == oldest)
    assert page.goto(f"/threads/{known.id}").status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text(known.title)
    expect(page.locator("#composer")).to_have_count(0)


def test_a_deep_link_survives_the_door(visit, thread):
    page = visit(f"/threads/{thread.id}?view=sides")
    expect(page).to_have_url(re.compile("/auth/login"))
    sign_in(page, READER)
    expect(page).to_have_url(re.compile(rf"/threads/{thread.id}\?view=sides$"))


def test_everything_works_without_scripts(visit, thread):
    page = visit(f"/threads/{thread.id}", READER, java_script_enabled=False)
    text = "Skrivet utan skript."
    share(page, text)
    expect(page.get_by_role("article").filter(has_text=text)).to_have_attribute("data-phase", "before")
    page.get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="På svenska").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page).to_have_url(re.compile("/auth/login"))
