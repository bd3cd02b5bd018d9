"""A report, a measure with its reason, the author's answer, and the post shown again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core.db import db
from kloss_intranet.threads.models import Thread
from tests.tooling import vnu

pytestmark = pytest.mark.browser
AUTHOR, MEMBER = "representant6@example.org", "representant2@example.org"
COORDINATOR = "koordinator@example.org"
SAID = "Rektorn på grannlärosätet sade i förtroende att de lägger ner."
REASON = "Det som sägs i förtroende om ett annat lärosäte får inte spridas."
ANSWER = "Det stod i deras eget pressmeddelande i går, så det är inte längre någon hemlighet."
PHONE = {"width": 390, "height": 844}
NEEDED = "The “list” role is unnecessary"
SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def thread(site):
    """A thread of the coming meeting, by its number."""
    with site.app.app_context():
        title = "En vanlig vecka: arbetssätt som ger prefekterna utrymme"
        return db.session.scalars(select(Thread.id).where(Thread.title == title)).one()


def write(visit, thread_id, said):
    """The number of a new post by the author."""
    page = visit(f"/threads/{thread_id}", AUTHOR, java_script_enabled=False)
    page.get_by_text("Metod", exact=True).last.click()
    page.get_by_label("Din text").fill(said)
    page.get_by_role("button", name="Publicera").click()
    article = page.locator("article.post", has_text=said).last
    return article.get_attribute("id").removeprefix("p")


def test_reported_hidden_answered_and_shown_again(visit, thread):
    post_id = write(visit, thread, SAID)

    # The member, on a phone and without scripts.
    member = visit(f"/threads/{thread}?at=end", MEMBER, viewport=PHONE, java_script_enabled=False)
    article = member.locator(f"#p{post_id}")
    article.get_by_text("Mer", exact=True).click()
    article.get_by_role("link", name="Anmäl inlägget").click()
    expect(member.get_by_role("link", name="Modereringsregler").first).to_be_visible()
    member.get_by_role("button", name="Skicka anmälan").click()
    expect(member.get_by_role("alert")).to_contain_text("Välj vad det gäller.")
    member.get_by_text("Uppgifter som inte får spridas").click()
    member.get_by_label("Med egna ord").fill("Det var nog inte menat för oss.")
    member.get_by_role("button", name="Skicka anmälan").click()
    expect(member.locator(".messages")).to_contain_text("Tack. Koordinatorn har fått din anmälan")

    # The coordinator, by the keyboard alone.
    coordinator = visit("/", COORDINATOR)
    coordinator.get_by_role("link", name="Anmält: En vanlig vecka").focus()
    coordinator.keyboard.press("Enter")
    expect(coordinator.locator("main")).to_contain_text(SAID)
    expect(coordinator.locator("main")).to_contain_text("Det var nog inte menat för oss.")
    expect(coordinator.locator("main")).to_contain_text("Skisshögskolan")
    coordinator.get_by_label("Skäl", exact=True).focus()
    coordinator.keyboard.type(REASON)
    for _ in range(9):
        coordinator.keyboard.press("Tab")
        if coordinator.evaluate("document.activeElement.innerText") == "Dölj":
            break
    coordinator.keyboard.press("Enter")
    expect(coordinator.get_by_role("status")).to_contain_text("Det är dolt.")

    member.goto(f"/threads/{thread}?at=end")
    expect(member.locator(f"#p{post_id}")).to_contain_text("dolt av koordinatorn")
    expect(member.locator("main")).not_to_contain_text(SAID)

    # The author sees why, and answers, without scripts.
    author = visit("/", AUTHOR, viewport=PHONE, java_script_enabled=False)
    author.get_by_role("link", name="Om ditt inlägg: En vanlig vecka").click()
    expect(author.locator("main")).to_contain_text(REASON)
    expect(author.locator("main")).not_to_contain_text("Olof Provström")
    author.get_by_label("Ditt svar").fill(ANSWER)
    author.locator("main form button").last.click()
    expect(author.locator("main")).to_contain_text(ANSWER)

    coordinator.goto("/moderation/")
    entry = coordinator.locator(f"#post-{post_id}")
    expect(entry).to_contain_text(ANSWER)
    entry.get_by_role("heading").get_by_role("link").click()
    coordinator.get_by_role("button", name="Visa igen").click()
    expect(coordinator.get_by_role("alert")).to_contain_text("Skriv varför.")
    coordinator.get_by_label("Skäl", exact=True).fill("Uppgiften är offentlig sedan i går.")
    coordinator.get_by_role("button", name="Visa igen").click()
    expect(coordinator.get_by_role("status")).to_contain_text("Det visas igen.")
    coordinator.goto("/moderation/")
    expect(coordinator.locator("#waiting")).not_to_contain_text(ANSWER)
    member.goto(f"/threads/{thread}?at=end")
    expect(member.locator(f"#p{post_id}")).to_contain_text(SAID)


def test_a_change_is_asked_for_and_several_are_treated_together(visit, thread):
    posts = [
        write(visit, thread, f"{name} hos dem är svår att samarbeta med.") for name in ("Ann", "Bo", "Ce")
    ]
    member = visit("/", MEMBER)
    for post_id in posts:
        member.goto(f"/posts/{post_id}/report")
        member.get_by_text("Personuppgifter om någon").click()
        member.get_by_role("button", name="Skicka anmälan").click()
    coordinator = visit(f"/moderation/posts/{posts[0]}", COORDINATOR, viewport=PHONE)
    coordinator.get_by_label("Skäl", exact=True).fill("En person går att känna igen.")
    coordinator.get_by_label("Till den som har skrivit").fill("Skriv hellre om uppdraget än om personen.")
    coordinator.get_by_role("button", name="Be om en ändring").click()
    expect(coordinator.get_by_role("status")).to_contain_text("Den som har skrivit får ditt mail")
    coordinator.goto("/moderation/")
    expect(coordinator.locator("#asked")).to_contain_text("inte gjord än")
    for post_id in posts[1:]:
        coordinator.locator(f"#post-{post_id}").get_by_role("checkbox").check()
    coordinator.get_by_text("Pröva flera på en gång").click()
    coordinator.get_by_label("Skäl", exact=True).fill("De här personerna går inte att känna igen.")
    coordinator.get_by_role("button", name="Avsluta utan åtgärd").click()
    expect(coordinator.get_by_role("status")).to_contain_text("2 anmälningar är avslutade.")
    author = visit(f"/posts/{posts[0]}/edit", AUTHOR, java_script_enabled=False)
    author.get_by_label("Din text").fill("Uppdraget hos dem gör det svårt att samarbeta.")
    author.locator("main form button", has_text="Spara").first.click()
    coordinator.goto("/moderation/")
    expect(coordinator.locator("#waiting")).to_contain_text("Ändrat efter begäran")
    coordinator.goto(f"/moderation/posts/{posts[0]}")
    coordinator.get_by_label("Skäl", exact=True).fill("Nu handlar det om uppdraget.")
    coordinator.get_by_role("button", name="Låt det vara som det är").click()
    coordinator.goto("/moderation/")
    expect(coordinator.locator("#waiting")).not_to_contain_text("Ändrat efter begäran")


def test_nobody_is_shut_out(visit, thread):
    """The pages of reporting and moderating in both themes, narrow and wide, empty, full and refused."""
    post_id = write(visit, thread, "Ett inlägg som någon undrar över.")
    member = visit(f"/posts/{post_id}/report", MEMBER)
    seen(member, member.url)
    member.get_by_role("button", name="Skicka anmälan").click()
    looked_at(member)
    member.get_by_text("Något annat").click()
    member.get_by_label("Med egna ord").fill("Är det här rätt tråd?")
    member.get_by_role("button", name="Skicka anmälan").click()
    seen(member, f"/posts/{post_id}/report")
    coordinator = visit("/moderation/", COORDINATOR)
    seen(coordinator, "/moderation/")
    seen(coordinator, f"/moderation/posts/{post_id}")
    coordinator.get_by_role("button", name="Dölj").click()
    expect(coordinator.get_by_role("alert")).to_contain_text("Skriv varför.")
    looked_at(coordinator)
    coordinator.get_by_label("Skäl", exact=True).fill("Fel tråd.")
    coordinator.get_by_role("button", name="Dölj").click()
    expect(coordinator.get_by_role("status")).to_contain_text("Det är dolt.")
    seen(coordinator, f"/moderation/posts/{post_id}")
    seen(coordinator, "/moderation/")


def seen(page, path):
    """The page has no barrier, no fault in its HTML, and nothing cut off."""
    page.goto(path)
    looked_at(page)
    html = page.request.get(page.url).text()
    assert [fault for fault in vnu.check(html) if NEEDED not in fault] == [], path


def looked_at(page):
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
    assert barriers == [], page.url
    page.set_viewport_size({"width": 1280, "height": 900})
