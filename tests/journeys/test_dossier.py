"""From words marked in a thread to a published dossier, and back to the exact post."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import delete, select

from kloss_intranet.core.db import db
from kloss_intranet.questions.models import Question
from kloss_intranet.steering.models import Citation, Dossier, Edition, Part
from kloss_intranet.threads.models import Audience, Post, Thread
from tests.tooling import vnu

pytestmark = pytest.mark.browser
CONVENOR = "sammankallande@example.org"
READER = "representant3@example.org"
FREE = "samverkan-i-anstallningar"
"""The demo's question that has threads and no dossier."""


@pytest.fixture
def post(site):
    """The first experience of a thread of FREE, with what tests before have begun of its dossier gone."""
    with site.app.app_context():
        thread = db.session.scalars(
            select(Thread)
            .join(Question, Question.id == Thread.question_id)
            .where(Question.slug == FREE, Thread.audience == Audience.NETWORK, Thread.last_seq > 0)
            .order_by(Thread.id)
        ).first()
        found = db.session.scalars(select(Post).where(Post.thread_id == thread.id, Post.seq == 1)).one()
        dossiers = select(Dossier.id).where(Dossier.question_id == thread.question_id).scalar_subquery()
        parts = select(Part.id).where(Part.dossier_id.in_(dossiers)).scalar_subquery()
        for rows in (
            delete(Citation).where(Citation.part_id.in_(parts)),
            delete(Part).where(Part.dossier_id.in_(dossiers)),
            delete(Edition).where(Edition.dossier_id.in_(dossiers)),
            delete(Dossier).where(Dossier.question_id == thread.question_id),
        ):
            db.session.execute(rows.execution_options(synchronize_session=False))
        db.session.commit()
        return found.id, thread.id, thread.question_id


def mark(page, article):
    """Mark the first paragraph of the post, and give its words."""
    paragraph = article.locator(".prose p").first
    paragraph.select_text()
    return paragraph.inner_text()


def test_words_are_marked_picked_ordered_published_and_lead_back(visit, post):
    post_id, thread_id, question_id = post
    page = visit(f"/threads/{thread_id}", as_=CONVENOR)
    article = page.locator(f"#p{post_id}")
    said = mark(page, article)
    article.get_by_role("link", name="Till underlaget").click()
    box = page.get_by_label("Orden som citeras")
    expect(box).to_have_value(said)
    box.fill("")
    page.locator("[data-source] p").first.select_text()
    page.get_by_role("button", name="Ta orden som är markerade i inlägget").click()
    expect(box).to_have_value(said)
    page.get_by_role("button", name="Lägg i underlaget").click()
    expect(page.get_by_role("figure")).to_contain_text(said)
    page.get_by_role("link", name="Skriv ett stycke här").click()
    page.locator("textarea[name=body]").fill("Vi läste allt.")
    page.get_by_label("Styrgruppens ord").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".part").last).to_contain_text("Vi läste allt.")
    # By the keyboard alone: the words go up, and the reader's place goes with them.
    up = page.locator(".part").last.get_by_role("button", name="Flytta upp")
    up.focus()
    up.press("Enter")
    expect(page.locator(".part").first).to_contain_text("Vi läste allt.")
    assert page.evaluate("document.activeElement.textContent.includes('Vi läste allt.')")
    page.locator(".part").last.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("figure")).to_have_count(0)
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("figure")).to_contain_text(said)
    page.get_by_role("link", name="Publicera").click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Utgåva 1")).to_be_visible()
    page = visit("/", as_=READER)
    page.locator(f"a[href='/questions/{question_id}/dossier']").first.click()
    expect(page.locator(".lede")).to_contain_text("nätverket tar inte ställning")
    page.get_by_role("figure").get_by_role("link", name="Källa 1").click()
    page.get_by_role("link", name="Läs inlägget").click()
    expect(page.locator(f"#p{post_id}")).to_be_in_viewport()


def test_it_is_all_done_without_scripts(visit, post):
    post_id, thread_id, question_id = post
    page = visit(f"/threads/{thread_id}", as_=CONVENOR, java_script_enabled=False)
    page.locator(f"#p{post_id}").get_by_role("link", name="Till underlaget").click()
    said = page.locator("[data-source] p").first.inner_text()
    page.get_by_label("Orden som citeras").fill("Det har ingen skrivit.")
    page.get_by_role("button", name="Lägg i underlaget").click()
    expect(page.get_by_role("alert")).to_contain_text("Orden står inte så")
    expect(page.get_by_label("Orden som citeras")).to_have_value("Det har ingen skrivit.")
    page.get_by_label("Orden som citeras").fill(said)
    page.get_by_role("button", name="Lägg i underlaget").click()
    page.get_by_role("link", name="Skriv ett stycke här").click()
    page.get_by_label("Text").fill("Utan grund.")
    page.get_by_role("button", name="Spara").click()
    page.goto(f"/steering/dossiers/{question_id}/publish")
    page.get_by_role("link", name="Utan grund.").click()
    page.locator(".part").last.get_by_role("button", name="Flytta upp").click()
    page.get_by_role("link", name="Publicera").click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("figure")).to_contain_text(said)


SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Safari takes a list without bullets for no list at all, unless it is told.
NEEDED = "The “list” role is unnecessary"


def test_nobody_is_shut_out(visit, site, post):
    """The draft with all that can be amber in it, and every page around it, in both themes and widths."""
    post_id, _, question_id = post
    page = visit(f"/posts/{post_id}/citations/new", as_=CONVENOR)
    page.get_by_label("Orden som citeras").fill(page.locator("[data-source] p").first.inner_text())
    page.get_by_role("button", name="Lägg i underlaget").click()
    here = f"/steering/dossiers/{question_id}"
    page.goto(f"{here}/parts/new")
    page.locator("textarea[name=body]").fill("Ogrundat.")
    page.get_by_role("button", name="Spara").click()
    with site.app.app_context():
        kept = db.session.get(Post, post_id)
        body, kept.body = kept.body, kept.body.replace("sedan", "tidigare")
        kept.version += 1
        db.session.commit()
    edition = published_page(site)
    paths = [here, f"{here}/publish", f"{here}/parts/new", f"/posts/{post_id}/citations/new", edition]
    try:
        for path in paths:
            page.goto(path)
            assert barriers(page) == [], path
            faults = vnu.check(page.request.get(path).text())
            assert [fault for fault in faults if NEEDED not in fault] == [], path
    finally:
        with site.app.app_context():
            db.session.get(Post, post_id).body = body
            db.session.commit()


def published_page(site):
    """The page of the demo's published dossier."""
    with site.app.app_context():
        query = select(Dossier.question_id).join(Edition, Edition.dossier_id == Dossier.id)
        return f"/questions/{db.session.scalars(query).first()}/dossier"


def barriers(page):
    found = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        seen = Axe().run(page, options=RULES).response["violations"]
        found += [
            f"{scheme} {width}: {each['id']}: {[node['html'][:200] for node in each['nodes']]}"
            for each in seen
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {width}")
    return found
