"""An author finds out that a post is hidden and why, answers, and the record and figures tell of it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kloss_intranet.core.access import as_member
from kloss_intranet.core.db import db
from kloss_intranet.members.models import Member
from kloss_intranet.moderation.models import Act, SubjectKind
from kloss_intranet.moderation.notifications import authors
from kloss_intranet.moderation.services.deciding import Subject, decide
from kloss_intranet.threads.models import Audience, Post, Thread
from kloss_intranet.threads.services import hiding
from tests.tooling import vnu

pytestmark = pytest.mark.browser
AUTHOR = "representant2@example.org"
REASON = "Det går att förstå vilken kollega det handlar om."
ANSWER = "Hon har läst texten och vill att den står kvar."


@pytest.fixture(scope="module")
def measure(site):
    """A post of the author's that a coordinator has hidden: its thread's title, and the measure's page."""
    with site.app.test_request_context():
        posts = select(Post).join(Post.thread).join(Member, Member.id == Post.member_id)
        own = posts.where(Member.email == AUTHOR, Thread.audience == Audience.NETWORK, Post.stands)
        post = db.session.scalars(own.options(joinedload(Post.thread)).order_by(Post.id)).first()
        by = db.session.scalar(select(Member.id).where(Member.email == "koordinator@example.org"))
        hiding.hide(post)
        decision = decide(Act.HIDE, Subject(SubjectKind.POST, post.id, post.member_id), as_member(by), REASON)
        authors.told(decision)
        db.session.commit()
        return post.thread.title, f"/moderation/measures/{decision.id}"


def test_the_author_reads_why_on_a_phone_without_scripts_and_answers(visit, measure):
    title, path = measure
    phone = {"width": 360, "height": 700}
    page = visit("/", AUTHOR, java_script_enabled=False, viewport=phone)
    told = page.get_by_role("region", name="Till dig")
    told.get_by_role("link", name=f"Om ditt inlägg: {title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dolt")
    expect(page.get_by_role("main")).to_contain_text(REASON)
    expect(page.get_by_role("main")).to_contain_text("en koordinator, i den rollen")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv ditt svar.")
    page.get_by_label("Ditt svar").fill(ANSWER)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret är skickat.")
    expect(page.get_by_role("main")).to_contain_text(ANSWER)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto("/settings/")
    page.get_by_role("link", name="Egna ärenden").click()
    expect(page.get_by_role("region", name="Det som är ditt")).to_contain_text("Svaret väntar")
    page.get_by_role("link", name="Dolt").click()
    expect(page).to_have_url(re.compile(f"{path}$"))


def test_the_steering_group_finds_the_measure_and_its_answer_in_the_record(visit, measure):
    title, path = measure
    page = visit("/steering/", "styrgrupp@example.org")
    page.get_by_role("link", name="Modereringens protokoll").click()
    page.get_by_label("Åtgärd").select_option(label="Dolt")
    page.get_by_role("button", name="Visa", exact=True).click()
    row = page.locator(f"#measure-{path.rpartition('/')[2]}")
    expect(row).to_contain_text(REASON)
    expect(row).to_contain_text(title)
    row.get_by_role("link", name="Den det gäller har svarat").click()
    expect(page.get_by_role("main")).to_contain_text(ANSWER)
    page.goto("/moderation/record")
    page.get_by_role("link", name="Siffror").click()
    expect(page.get_by_role("main")).to_contain_text("Svar från dem det gällde")


@pytest.mark.parametrize(
    ("path", "reader"),
    [
        ("/moderation/own", AUTHOR),
        ("measure", AUTHOR),
        ("measure", "styrgrupp@example.org"),
        ("/moderation/record", "styrgrupp@example.org"),
        ("/moderation/figures", "koordinator@example.org"),
    ],
)
def test_the_pages_shut_nobody_out(visit, measure, path, reader):
    page = visit(measure[1] if path == "measure" else path, reader)
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
