"""From a member's proposal to the printed briefing, where what was cited leads back to the exact post."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.members.models import Member
from kloss_intranet.threads.models import Post
from tests.briefing.reading import Reading
from tests.briefing.ready import squeezed

pytestmark = pytest.mark.browser
MEMBER = "representant5@example.org"
STEERING, CONVENOR = "styrgrupp@example.org", "sammankallande@example.org"
TITLE = "Vem betalar när samverkan tar slut?"
OURS = "Vi läste allt som har skrivits om det."
PHONE = {"viewport": {"width": 360, "height": 800}}


@pytest.fixture(scope="module")
def post(site):
    """The ids of a member's post that may be cited, and of its thread."""
    with site.app.app_context():
        found = db.session.scalars(
            select(Post).join(Post.member).where(Member.email == MEMBER).order_by(Post.id)
        ).first()
        assert not found.not_for_quoting
        return found.id, found.thread_id


def proposed(visit):
    """A member proposes the question on a phone; its address."""
    page = visit("/questions/new", MEMBER, **PHONE)
    page.get_by_label("Frågan", exact=True).fill(TITLE)
    page.get_by_label("Varför är den viktig?").fill("Pengarna tar slut i juni, partnern är kvar.")
    page.get_by_label("Frågan", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


def taken_up(visit):
    page = visit("/steering/", STEERING)
    page.get_by_role("link", name=f"Ta upp {TITLE}").click()
    page.get_by_label("Skäl").fill("Tre lärosäten står inför samma sak.")
    page.get_by_label("Ansvarig").select_option("Anders Testlund")
    page.get_by_label("Nästa steg").fill("Plocka ur trådarna")
    page.get_by_label("Senast").fill(str(clock.today() + timedelta(days=7)))
    page.get_by_role("button", name="Ta upp frågan").click()
    expect(page.locator("#preparing")).to_contain_text("Plocka ur trådarna")


def drafted(visit, post):
    """A passage and connecting words; the words that were cited."""
    post_id, thread_id = post
    page = visit(f"/threads/{thread_id}", STEERING)
    article = page.locator(f"#p{post_id}")
    paragraph = article.locator(".prose p").first
    said = paragraph.inner_text()
    paragraph.select_text()
    article.get_by_role("link", name="Till underlaget").click()
    page.get_by_label("Var i vilket underlag").select_option(f"Sist i «{TITLE}»")
    page.get_by_role("button", name="Lägg i underlaget").click()
    expect(page.get_by_role("figure")).to_contain_text(said)
    page.get_by_role("link", name="Skriv ett stycke här").click()
    page.locator("textarea[name=body]").fill(OURS)
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".part-words")).to_contain_text("varken märkt som styrgruppens ord")
    return said


def published(visit, question):
    """Refused until the words are marked as the steering group's own."""
    page = visit(f"{question}", CONVENOR)
    page.get_by_role("link", name="Skriv på underlaget").click()
    expect(page.get_by_role("link", name="Publicera")).to_have_count(0)
    page.goto(f"{page.url}/publish")
    expect(page.get_by_role("button", name="Publicera")).to_have_count(0)
    page.get_by_role("link", name=OURS).click()
    page.locator(".part-words").get_by_role("link", name="Ändra").click()
    page.get_by_label("Styrgruppens ord").check()
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Publicera").click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Utgåva 1")).to_be_visible()


def on_the_agenda(visit):
    """Placed with minutes and somebody responsible; the meeting's address."""
    page = visit("/steering/", CONVENOR)
    page.get_by_role("link", name=f"Sätt på dagordningen {TITLE}").click()
    page.get_by_label("Minuter").fill("20")
    page.get_by_label("Ansvarig vid träffen").fill("Solveig Modellberg")
    page.get_by_role("button", name="Sätt på dagordningen").click()
    item = page.locator("#agenda li").filter(has_text=TITLE)
    expect(item).to_contain_text("20 min")
    expect(item).to_contain_text("Solveig Modellberg")
    page.locator("#agenda").get_by_role("link").first.click()
    return page.url


def test_what_a_member_asked_is_printed_with_the_way_to_each_post(visit, site, post):
    question = proposed(visit)
    taken_up(visit)
    said = drafted(visit, post)
    published(visit, question)
    meeting = on_the_agenda(visit)

    page = visit(meeting, MEMBER, **PHONE)
    page.get_by_role("link", name="Läs mötesboken").click()
    expect(page.get_by_role("main")).to_contain_text("Nätverket tar inte ställning.")
    cited = page.get_by_role("figure").filter(has_text=said)
    cited.get_by_role("link", name=re.compile("^Not")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta som PDF").click()
    reading = Reading(Path(download.value.path()).read_bytes())
    assert squeezed(TITLE) in [squeezed(tag.words) for tag in reading.root.all("H1", "H2", "H3")]
    assert any(squeezed(said) in squeezed(tag.words) for tag in reading.root.all("BlockQuote"))
    assert squeezed(OURS) in squeezed(reading.root.words)
    links = [link for note in reading.root.all("Note", "FENote") for link in note.all("Link")]
    here = f"{site.url}/posts/{post[0]}"
    assert here in [target for link in links for target in link.links]
    page.goto(here)
    expect(page.locator(f"#p{post[0]}")).to_be_in_viewport()
