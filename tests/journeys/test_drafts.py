"""What is written is kept: on two devices, through an expired session, a restart, and without scripts."""

import re
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select, update

from kloss_intranet import create_app
from kloss_intranet.auth.models import Session
from kloss_intranet.core import clock
from kloss_intranet.core.config import read_settings
from kloss_intranet.core.db import db
from kloss_intranet.history.demo import PASSWORD
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members.models import Member, Origin
from kloss_intranet.threads.models import Audience, Draft, Post, Thread
from tests import make
from tests.cast import assemble
from tests.journeys.conftest import free_port
from tests.journeys.test_pages import NEEDED, RULES
from tests.tooling import vnu
from tests.tooling.tether import tethered

pytestmark = pytest.mark.browser
WRITER, OTHER = "representant2@example.org", "representant4@example.org"
SAVED = re.compile(r"Sparat \d\d\.\d\d")
ROOT = Path(__file__).parents[2]
SERVE = "from kloss_intranet.commands import main; main()"


@pytest.fixture
def thread(site):
    """An open thread of the season's coming meeting; nobody has a draft anywhere."""
    with site.app.app_context():
        db.session.query(Draft).delete()
        db.session.commit()
        query = (
            select(Thread)
            .join(Meeting, Meeting.id == Thread.meeting_id)
            .where(
                Meeting.origin == Origin.INVENTED,
                Meeting.state == "open",
                Thread.audience == Audience.NETWORK,
                Thread.closed_at.is_(None),
                Thread.write_first.is_(False),
            )
            .order_by(Thread.id.desc())
        )
        return db.session.scalars(query).first()


@pytest.fixture
def expire(site):
    """Ends every session, as time does."""

    def end():
        with site.app.app_context():
            db.session.execute(update(Session).values(expires_at=clock.now()))
            db.session.commit()

    return end


def drafts(site):
    with site.app.app_context():
        query = select(Draft, Member.email).join(Member, Member.id == Draft.member_id)
        return [(email, draft) for draft, email in db.session.execute(query)]


def composer(page):
    return page.locator("#composer")


def box(page):
    return composer(page).get_by_role("textbox", name="Din text")


def status(page):
    return composer(page).locator(".draft [role=status]")


def write(page, text):
    """Type at the end of the text, as a person does, once the editor has come."""
    composer(page).scroll_into_view_if_needed()
    expect(composer(page).locator("[data-editor]")).to_have_attribute("data-editor", "on")
    box(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def sign_in(place, email=WRITER):
    place.get_by_label("E-post").fill(email)
    place.get_by_label("Lösenord").fill(PASSWORD)
    place.get_by_role("button", name="Logga in").click()


def test_written_on_one_device_and_published_from_another(visit, site, thread):
    address = f"/threads/{thread.id}"
    one = visit(address, WRITER)
    write(one, "Skrivet på kontoret.")
    composer(one).get_by_text("Metod", exact=True).click()
    expect(status(one)).to_have_text(SAVED, timeout=3_500)

    two = visit("/", WRITER, viewport={"width": 390, "height": 800})
    two.get_by_role("link", name="Du har 1 utkast").click()
    two.get_by_role("main").get_by_role("link", name=thread.title).click()
    expect(two).to_have_url(re.compile(rf"{address}#composer$"))
    expect(composer(two)).to_contain_text(re.compile(r"Utkast, sparat \d\d\.\d\d"))
    expect(composer(two).get_by_label("Metod")).to_be_checked()
    expect(box(two)).to_contain_text("Skrivet på kontoret.")
    write(two, " Och på tåget.")
    expect(status(two)).to_have_text(SAVED, timeout=3_500)

    # The first device has fallen behind: it is told, and both texts are there to choose from.
    write(one, " Eller hemma.")
    expect(status(one)).to_contain_text("har ändrats i en annan flik eller på en annan enhet")
    panel = one.get_by_role("group", name="Den andra texten")
    expect(panel).to_contain_text("Och på tåget.")
    expect(box(one)).to_contain_text("Eller hemma.")
    assert "tåget" in drafts(site)[0][1].fields["body"]
    panel.get_by_role("button", name="Infoga den andra texten här").click()
    expect(status(one)).to_have_text(SAVED)
    stored = drafts(site)[0][1].fields["body"]
    assert "tåget" in stored
    assert "hemma" in stored

    composer(one).get_by_role("button", name="Publicera").click()
    expect(one.get_by_role("article").filter(has_text="Eller hemma.")).to_have_count(1)
    assert drafts(site) == []
    two.goto("/drafts")
    expect(two.get_by_role("main")).to_contain_text("Du har inga utkast.")


def test_a_draft_is_thrown_away_in_two_steps(visit, site, thread):
    page = visit(f"/threads/{thread.id}", WRITER)
    write(page, "Det här blev inget.")
    expect(status(page)).to_have_text(SAVED, timeout=3_500)
    page.reload()
    composer(page).get_by_text("Kasta utkastet", exact=True).click()
    composer(page).get_by_role("button", name="Ja, kasta utkastet").click()
    expect(page.get_by_role("status").first).to_contain_text("Utkastet är kastat.")
    expect(box(page)).not_to_contain_text("Det här blev inget.")
    assert drafts(site) == []


def test_leaving_the_page_at_once_keeps_the_text(visit, site, thread):
    page = visit(f"/threads/{thread.id}", WRITER)
    write(page, "Strax innan jag gick.")
    page.goto("/meetings/")
    page.goto("/drafts")
    expect(page.get_by_role("main")).to_contain_text("Strax innan jag gick.")


def test_the_forms_of_a_thread_and_of_an_edit_keep_their_text_too(visit, site, thread):
    with site.app.app_context():
        meeting = db.session.get(Meeting, thread.meeting_id)
        own = select(Post.id).join(Member, Member.id == Post.member_id).where(Member.email == WRITER)
        own = own.where(Post.aspect.is_not(None), Post.withdrawn_at.is_(None)).order_by(Post.id.desc())
        post_id = db.session.scalar(own)
    for address, name in (
        (f"/meetings/{meeting.slug}/threads/new", "Rubrik"),
        (f"/posts/{post_id}/edit", "Under vilka förutsättningar"),
    ):
        page = visit(address, WRITER)
        field = page.get_by_role("main").get_by_label(name)
        field.fill("Det som är särskilt")
        expect(status(page)).to_have_text(SAVED, timeout=3_500)
        page.goto("/drafts")
        page.locator(".drafts").get_by_role("link").first.click()
        expect(page).to_have_url(re.compile(f"{address}#composer$"))
        expect(field).to_have_value("Det som är särskilt")


def test_signing_in_again_without_leaving_the_text(visit, site, thread, expire):
    page = visit(f"/threads/{thread.id}", WRITER)
    write(page, "Före lunch.")
    expect(status(page)).to_have_text(SAVED, timeout=3_500)
    expire()
    write(page, " Efter lunch.")
    expect(status(page)).to_contain_text("Du är utloggad.")
    door = page.get_by_role("region", name="Logga in igen")
    expect(door.get_by_label("E-post")).to_be_visible()
    door.get_by_label("E-post").fill(WRITER)
    door.get_by_label("Lösenord").fill("fel lösenord")
    door.get_by_role("button", name="Logga in").click()
    expect(door).to_contain_text("stämmer inte")
    sign_in(door)
    expect(door).to_have_count(0)
    expect(status(page)).to_have_text(SAVED)
    expect(box(page)).to_contain_text("Före lunch. Efter lunch.")
    ((email, draft),) = drafts(site)
    assert email == WRITER
    assert "Före lunch. Efter lunch." in draft.fields["body"]
    composer(page).get_by_text("Drivkraft", exact=True).click()
    composer(page).get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("article").filter(has_text="Före lunch. Efter lunch.")).to_have_count(1)


def test_a_new_session_in_another_tab_is_taken_up_in_silence(visit, site, thread, expire):
    page = visit(f"/threads/{thread.id}", WRITER)
    expire()
    page.context.clear_cookies()
    page.context.add_cookies([site.cookie(WRITER)])
    write(page, "Med den gamla sidan.")
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_role("region", name="Logga in igen")).to_have_count(0)
    composer(page).get_by_text("Metod", exact=True).click()
    composer(page).get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("article").filter(has_text="Med den gamla sidan.")).to_have_count(1)


def test_somebody_else_signing_in_gets_nothing_unasked(visit, site, thread, expire):
    page = visit(f"/threads/{thread.id}", WRITER)
    expire()
    write(page, "Bara min text.")
    sign_in(page.get_by_role("region", name="Logga in igen"), OTHER)
    asked = page.get_by_role("group", name="Någon annan är inloggad")
    expect(asked.get_by_role("button", name="Spara texten som mitt utkast")).to_be_visible()
    expect(box(page)).to_contain_text("Bara min text.")
    write(page, " Ett ord till.")
    page.wait_for_timeout(2_500)
    assert drafts(site) == []
    # The one who wrote it comes back by another tab: the text is theirs again, and saved.
    page.context.add_cookies([site.cookie(WRITER)])
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(status(page)).to_have_text(SAVED)
    assert [email for email, _draft in drafts(site)] == [WRITER]


def test_somebody_else_may_take_the_text_over(visit, site, thread, expire):
    page = visit(f"/threads/{thread.id}", WRITER)
    expire()
    write(page, "Vår gemensamma text.")
    sign_in(page.get_by_role("region", name="Logga in igen"), OTHER)
    asked = page.get_by_role("group", name="Någon annan är inloggad")
    asked.get_by_role("button", name="Spara texten som mitt utkast").click()
    expect(status(page)).to_have_text(SAVED)
    assert [email for email, _draft in drafts(site)] == [OTHER]


def test_publishing_with_an_expired_session_without_scripts(visit, site, thread, expire):
    page = visit(f"/threads/{thread.id}", WRITER, java_script_enabled=False)
    box(page).fill("Skrivet länge.")
    composer(page).get_by_text("Metod", exact=True).click()
    expire()
    composer(page).get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du behöver logga in")
    expect(page.get_by_label("Din text finns kvar här")).to_have_value("Skrivet länge.")
    sign_in(page.get_by_role("main"))
    expect(page).to_have_url(re.compile(rf"/threads/{thread.id}#composer$"))
    expect(box(page)).to_have_value("Skrivet länge.")
    expect(composer(page).get_by_label("Metod")).to_be_checked()
    composer(page).get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("article").filter(has_text="Skrivet länge.")).to_have_count(1)
    assert drafts(site) == []


def test_saving_by_hand_without_scripts(visit, site, thread):
    page = visit(f"/threads/{thread.id}", WRITER, java_script_enabled=False)
    box(page).fill("Ett stycke.")
    composer(page).get_by_role("button", name="Spara utkast").click()
    expect(page).to_have_url(re.compile(rf"/threads/{thread.id}#composer$"))
    expect(composer(page)).to_contain_text("Utkast, sparat")
    expect(box(page)).to_have_value("Ett stycke.")
    with site.app.app_context():
        assert db.session.scalar(select(Post).where(Post.body == "Ett stycke.")) is None


def test_a_restart_of_the_server_loses_nothing(browser, sqlite_template, tmp_path):
    shutil.copy(sqlite_template, tmp_path / "kloss.sqlite")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = read_settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'kloss.sqlite'}")
    cast = assemble(make.Make(create_app(settings)))
    context = browser.new_context(locale="sv-SE", base_url=url)
    page = context.new_page()
    with served(tmp_path, url):
        page.goto(f"/threads/{cast.thread.id}")
        page.get_by_label("E-post").fill(cast.representative.email)
        page.get_by_label("Lösenord").fill(make.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Logga in").click()
        write(page, "Före omstarten.")
        expect(status(page)).to_have_text(SAVED, timeout=3_500)
    write(page, " Under den.")
    expect(status(page)).to_have_text("Sparas inte just nu, försöker igen")
    with served(tmp_path, url):
        expect(status(page)).to_have_text(SAVED, timeout=15_000)
        fresh = context.new_page()
        fresh.goto(f"/threads/{cast.thread.id}")
        expect(box(fresh)).to_contain_text("Före omstarten. Under den.")
    context.close()


def faults(html):
    return [fault for fault in vnu.check(html) if NEEDED not in fault]


def barriers(page):
    """What shuts somebody out of the page as it is now, on a phone, light and dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": 320, "height": 800})
        found += [barrier["id"] for barrier in Axe().run(page, options=RULES).response["violations"]]
        found += [scheme] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    return found


def test_nobody_is_shut_out_of_what_appears(visit, site, thread, expire):
    address = f"/threads/{thread.id}"
    page, other = visit(address, WRITER), visit(address, WRITER, java_script_enabled=False)
    write(page, "En text.")
    expect(status(page)).to_have_text(SAVED, timeout=3_500)
    for shown in (address, "/drafts"):
        page.goto(shown)
        assert barriers(page) == []
        assert faults(page.request.get(shown).text()) == []
    box(other).fill("En annan text.")
    composer(other).get_by_role("button", name="Spara utkast").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Två olika utkast")
    assert faults(other.content()) == []
    page.goto(address)
    expire()
    write(page, " Mer.")
    expect(page.get_by_role("region", name="Logga in igen").get_by_label("E-post")).to_be_visible()
    assert barriers(page) == []
    composer(page).get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du behöver logga in")
    assert barriers(page) == []
    assert faults(page.content()) == []


@contextmanager
def served(folder, url):
    """Serves the folder's instance as the operator does, from a process of its own."""
    command = ["env", f"KLOSS_INSTANCE={folder}", sys.executable, "-c", SERVE, "serve", "--port"]
    with tethered([*command, url.rpartition(":")[2]], log=folder / "log", cwd=ROOT):
        for _ in range(200):
            with suppress(OSError), urlopen(f"{url}/healthz", timeout=1):
                break
            time.sleep(0.1)
        else:
            pytest.fail((folder / "log").read_text())
        yield
