"""A member catches up: from what is new to the post, by keys alone, and back to it another day."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.members.models import Member
from kloss_intranet.threads.models import Post, Reading, Thread

pytestmark = pytest.mark.browser
READER = "representant2@example.org"


@pytest.fixture
def unread(site):
    """The demo as it is for a reader who has read nothing; gives the thread with the most posts."""
    with site.app.app_context():
        member = db.session.scalar(select(Member).where(Member.email == READER))
        db.session.query(Reading).filter_by(member_id=member.id).delete()
        thread = db.session.scalars(
            select(Thread).where(Thread.audience == "network").order_by(Thread.last_seq.desc())
        ).first()
        db.session.commit()
        return thread, member


def mark(site, thread, member):
    with site.app.app_context():
        found = db.session.get(Reading, (member.id, thread.id))
        return found.seq if found else 0


def test_news_are_stepped_through_with_one_key(visit, unread):
    page = visit("/", READER)
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Nytt").click()
    expect(page).to_have_url(re.compile(r"/new$"))
    threads = page.locator("[data-step]")
    assert threads.count() > 1
    page.keyboard.press("n")
    expect(threads.nth(0).get_by_role("link").first).to_be_focused()
    page.keyboard.press("n")
    expect(threads.nth(1).get_by_role("link").first).to_be_focused()
    title = threads.nth(1).get_by_role("heading").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("#first-unread")).to_be_in_viewport()


def test_the_key_steps_through_what_is_unread_and_no_further(visit, site, unread):
    thread, _member = unread
    page = visit(f"/threads/{thread.id}", READER)
    expect(page.get_by_text("Tangenten n går till nästa olästa.")).to_be_visible()
    with site.app.app_context():
        number = len(
            db.session.scalars(
                select(Post.id).where(Post.thread_id == thread.id, Post.member_id != _member.id)
            ).all()
        )
    ids = page.locator("[data-unread]").get_attribute("data-unread").split()
    assert len(ids) == number
    met = []
    for _ in range(len(ids) + 1):
        page.keyboard.press("n")
        met.append(page.evaluate("document.activeElement.id"))
    assert {f"p{number}" for number in ids} == set(met)
    page.get_by_label("Din text").first.focus()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('.composer') !== null")


def test_a_page_that_was_seen_to_its_end_is_read(visit, site, unread):
    thread, member = unread
    page = visit(f"/threads/{thread.id}", READER)
    page.wait_for_load_state("networkidle")
    assert mark(site, thread, member) == 0, "opening is not reading"
    with page.expect_response(re.compile("/readings$")):
        page.locator(".timeline .post").last.locator(".acts").scroll_into_view_if_needed()
    assert mark(site, thread, member) == thread.last_seq
    page.reload()
    expect(page.locator("#first-unread")).to_have_count(0)


def test_without_scripts_a_button_says_it_is_read(visit, site, unread):
    thread, member = unread
    page = visit(f"/threads/{thread.id}", READER, java_script_enabled=False)
    expect(page.get_by_text("Tangenten n går till nästa olästa.")).to_be_hidden()
    page.get_by_role("button", name="Märk som läst hit").click()
    assert mark(site, thread, member) == thread.last_seq


def test_a_post_is_kept_for_another_day(visit, unread):
    thread, _member = unread
    page = visit(f"/threads/{thread.id}", READER)
    post = page.get_by_role("article").nth(1)
    post.get_by_text("Mer", exact=True).click()
    post.get_by_role("button", name="Spara till senare").click()
    expect(page.get_by_role("status").first).to_contain_text("Inlägget är sparat till senare.")
    page.goto("/saved")
    day = (clock.today() + timedelta(days=3)).isoformat()
    page.get_by_label("Påminn mig").fill(day)
    page.get_by_role("button", name="Spara dagen").click()
    expect(page.get_by_label("Påminn mig")).to_have_value(day)
    page.get_by_label("Påminn mig").fill(clock.today().isoformat())
    page.get_by_role("button", name="Ändra dagen").click()
    page.goto("/")
    page.get_by_role("link", name="1 sparat inlägg är det dags för").click()
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_text("Du har inte sparat något inlägg.")).to_be_visible()


def test_unread_from_here_stays_unread(visit, site, unread):
    thread, member = unread
    page = visit(f"/threads/{thread.id}", READER)
    with page.expect_response(re.compile("/readings$")):
        page.locator(".timeline .post").last.locator(".acts").scroll_into_view_if_needed()
    post = page.get_by_role("article").last
    post.get_by_text("Mer", exact=True).click()
    post.get_by_role("button", name="Märk som oläst härifrån").click()
    expect(page).to_have_url(re.compile(r"/new$"))
    expect(page.get_by_role("status").first).to_contain_text("Tråden är oläst från och med det inlägget.")
    assert mark(site, thread, member) < thread.last_seq


def test_a_thread_is_narrowed_and_widened_again_by_keyboard(visit, unread):
    thread, _member = unread
    page = visit(f"/threads/{thread.id}", READER)
    page.get_by_text("Filtrera", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Filter").get_by_role("link", name="Metod", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"aspect=method"))
    expect(page.get_by_text("Visar bara: Metod.")).to_be_visible()
    for article in page.get_by_role("article").all():
        expect(article).to_contain_text("Metod")
    page.get_by_role("link", name="Visa hela tråden").click()
    expect(page).to_have_url(re.compile(rf"/threads/{thread.id}$"))


@pytest.mark.parametrize("path", ["/new", "/saved", "/threads/{id}", "/threads/{id}?view=sides"])
def test_nothing_runs_over_on_a_phone(visit, unread, path):
    thread, _member = unread
    page = visit(path.format(id=thread.id), READER, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_key_can_be_turned_off_for_good(visit, unread):
    thread, _member = unread
    page = visit(f"/threads/{thread.id}", READER)
    page.get_by_role("button", name="Slå av tangenten").click()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == ""
    page.reload()
    page.keyboard.press("n")
    assert not page.evaluate("document.activeElement.id")
    page.get_by_role("button", name="Slå på tangenten").click()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('.post') !== null")


MARK_WORDS = """words => {
  const walker = document.createTreeWalker(document.querySelector(".post .prose"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.setStart(walker.nextNode(), 0);
  range.setEnd(range.startContainer, Math.min(words, range.startContainer.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString().trim();
}"""


def test_marked_words_are_quoted_in_a_reply(visit, unread):
    thread, _member = unread
    page = visit(f"/threads/{thread.id}", READER)
    post = page.locator(".post").first
    number = post.get_attribute("id").removeprefix("p")
    marked = page.evaluate(MARK_WORDS, 40)
    post.get_by_role("link", name="Citera").click()
    expect(page).to_have_url(re.compile(rf"reply_to={number}&quote={number}"))
    quote = page.locator("#composer blockquote")
    expect(quote).to_contain_text(marked)
    expect(quote).to_contain_text(f"/posts/{number}")
    # What is being written already takes the words in where it stands.
    page.evaluate(MARK_WORDS, 20)
    post.get_by_role("link", name="Citera").click()
    expect(page.locator("#composer blockquote")).to_have_count(2)
