"""An author keeps their words out of a dossier: first with the mark, then by asking when they were picked."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import delete, select

from kloss_intranet.core.db import db
from kloss_intranet.questions.models import Question
from kloss_intranet.steering.models import Citation, Dossier, Edition, Objection, Part
from kloss_intranet.threads.models import Audience, Thread
from tests.tooling import vnu

pytestmark = pytest.mark.browser
AUTHOR = "representant6@example.org"
CONVENOR = "sammankallande@example.org"
FREE = "samverkan-i-anstallningar"
"""The demo's question that has threads and no dossier."""
PHONE = {"width": 390, "height": 844}
SAID = "Vi frågade dem som söker."
NEEDED = "The “list” role is unnecessary"
SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def thread(site):
    """A thread of FREE and the question's number; what is begun of its dossier goes before and after."""
    with site.app.app_context():
        found = db.session.scalars(
            select(Thread)
            .join(Question, Question.id == Thread.question_id)
            .where(Question.slug == FREE, Thread.audience == Audience.NETWORK)
            .order_by(Thread.id)
        ).first()
        numbers = found.id, found.question_id
    clear(site, numbers[1])
    yield numbers
    clear(site, numbers[1])


def clear(site, question_id):
    dossiers = select(Dossier.id).where(Dossier.question_id == question_id).scalar_subquery()
    parts = select(Part.id).where(Part.dossier_id.in_(dossiers)).scalar_subquery()
    cited = select(Citation.id).where(Citation.part_id.in_(parts)).scalar_subquery()
    with site.app.app_context():
        for rows in (
            delete(Objection).where(Objection.citation_id.in_(cited)),
            delete(Citation).where(Citation.part_id.in_(parts)),
            delete(Part).where(Part.dossier_id.in_(dossiers)),
            delete(Edition).where(Edition.dossier_id.in_(dossiers)),
            delete(Dossier).where(Dossier.question_id == question_id),
        ):
            db.session.execute(rows.execution_options(synchronize_session=False))
        db.session.commit()


def write(visit, thread_id, said, *, is_marked):
    """The author's page with a new post, and the post's number."""
    page = visit(f"/threads/{thread_id}", AUTHOR, viewport=PHONE, java_script_enabled=False)
    page.get_by_text("Metod", exact=True).last.click()
    page.get_by_label("Din text").fill(said)
    if is_marked:
        page.get_by_label("Får inte citeras").check()
    page.get_by_role("button", name="Publicera").click()
    article = page.locator("article.post", has_text=said).last
    return page, article.get_attribute("id").removeprefix("p")


def pick(visit, post_id):
    page = visit(f"/posts/{post_id}/citations/new", CONVENOR)
    page.get_by_role("button", name="Lägg i underlaget").click()
    expect(page.get_by_role("figure")).to_contain_text(SAID)
    return page


def publish(page, question_id):
    page.goto(f"/steering/dossiers/{question_id}/publish")
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Utgåva 1")).to_be_visible()


def test_marked_then_picked_then_asked_out(visit, thread):
    thread_id, question_id = thread
    page, post_id = write(visit, thread_id, SAID, is_marked=True)
    article = page.locator(f"#p{post_id}")
    expect(article).to_contain_text("Får inte citeras")
    convenor = visit(f"/threads/{thread_id}?at=end", CONVENOR)
    theirs = convenor.locator(f"#p{post_id}")
    expect(theirs.get_by_role("link", name="Citera")).to_be_visible()
    expect(theirs.get_by_role("link", name="Till underlaget")).to_have_count(0)

    article.get_by_role("link", name="Ändra").click()
    page.get_by_label("Får inte citeras").uncheck()
    page.get_by_role("button", name="Spara ändringen").click()
    expect(page.locator(f"#p{post_id}")).not_to_contain_text("Får inte citeras")
    convenor = pick(visit, post_id)

    page.goto("/")
    page.get_by_role("link", name="Dina ord i ett underlag").click()
    use = page.locator(".use", has_text=SAID)
    expect(use).to_contain_text("Bara styrgruppen ser utkastet.")
    use.get_by_role("link", name="Be att citatet lämnas utanför").click()
    expect(page.locator("main")).to_contain_text("ingen behöver godkänna det")
    page.get_by_label("Varför").fill("Det var bara menat för tråden.")
    page.get_by_role("button", name="Lämna citatet utanför").click()
    expect(page.get_by_role("status")).to_contain_text("Citatet lämnas utanför.")
    expect(page.locator(".use", has_text=SAID)).to_contain_text("Lämnas utanför, så som du har bett om.")

    convenor.goto("/")
    convenor.get_by_role("link", name="Ett citat ska lämnas utanför").click()
    expect(convenor.get_by_role("figure")).to_contain_text("Det var bara menat för tråden.")
    convenor.goto(f"/steering/dossiers/{question_id}/parts/new")
    convenor.locator("textarea[name=body]").fill("Styrgruppens egna ord.")
    convenor.get_by_label("Styrgruppens ord").check()
    convenor.get_by_role("button", name="Spara").click()
    publish(convenor, question_id)
    expect(convenor.locator("main")).not_to_contain_text(SAID)


def test_nobody_is_shut_out(visit, thread):
    """The pages around a passage, as it is asked out after publishing, in both themes and widths."""
    thread_id, question_id = thread
    _, post_id = write(visit, thread_id, SAID, is_marked=False)
    convenor = pick(visit, post_id)
    page = visit("/contributions", AUTHOR)
    seen(page, "/contributions")
    publish(convenor, question_id)
    page.goto("/contributions")
    page.get_by_role("link", name="Be att citatet lämnas utanför").first.click()
    seen(page, page.url)
    page.get_by_role("button", name="Lämna citatet utanför").click()
    seen(page, "/contributions")
    seen(page, f"/questions/{question_id}")
    convenor.goto(f"/steering/dossiers/{question_id}")
    convenor.get_by_role("figure").get_by_role("link", name="Svara").click()
    here = convenor.url
    seen(convenor, here)
    convenor.get_by_role("button", name="Låt citatet stå kvar").click()
    expect(convenor.get_by_role("alert")).to_contain_text("Skriv varför citatet står kvar.")
    convenor.get_by_label("Till den som frågar").fill("Utan det saknas en sida av frågan.")
    convenor.get_by_role("button", name="Låt citatet stå kvar").click()
    seen(convenor, f"/steering/dossiers/{question_id}")
    seen(convenor, here)
    page.goto("/contributions")
    expect(page.locator("main")).to_contain_text("Utan det saknas en sida av frågan.")


def seen(page, path):
    """The page has no barrier, no fault in its HTML, and nothing cut off."""
    page.goto(path)
    barriers = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES)
        barriers += [
            f"{scheme} {width}: {each['id']}: {[node['html'][:200] for node in each['nodes']]}"
            for each in found.response["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        barriers += [f"{wide} px wider than a window of {width} px"] if wide > 0 else []
    assert barriers == [], path
    html = page.request.get(page.url).text()
    assert [fault for fault in vnu.check(html) if NEEDED not in fault] == [], path
    page.set_viewport_size({"width": 1280, "height": 900})
