"""A planned meeting is published, written in first, shared with a guest; a member opens a thread."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import (
    Admission,
    AdmissionKind,
    Meeting,
    MeetingKind,
    MeetingState,
    MeetingTheme,
)
from kloss_intranet.members.models import Member, Origin
from kloss_intranet.themes.models import Theme

pytestmark = pytest.mark.browser
COORDINATOR = "koordinator@example.org"
FIRST, SECOND = "representant4@example.org", "representant5@example.org"
GUEST = "gast@example.org"
SLUG, TITLE = "provplanering", "Vem bär samverkan i vardagen?"


@pytest.fixture(scope="module")
def planned(site):
    """The address of a planned meeting with one theme, to which the demo's guest is invited."""
    starts = clock.now().replace(microsecond=0) + timedelta(days=90)
    with site.app.app_context():
        meeting = Meeting(
            slug=SLUG,
            title="Träff att öppna",
            kind=MeetingKind.ORDINARY,
            state=MeetingState.PLANNED,
            starts_at=starts,
            ends_at=starts + timedelta(days=1),
            time_zone=clock.STOCKHOLM,
            place="Provstad",
            origin=Origin.INVENTED,
        )
        db.session.add(meeting)
        db.session.flush()
        theme = db.session.scalars(select(Theme.id).order_by(Theme.position)).first()
        guest = db.session.scalars(select(Member.id).where(Member.email == GUEST)).one()
        db.session.add(MeetingTheme(meeting_id=meeting.id, theme_id=theme))
        ends_on = clock.today() + timedelta(days=30)
        kind = AdmissionKind.GUEST
        db.session.add(Admission(meeting_id=meeting.id, member_id=guest, kind=kind, ends_on=ends_on))
        db.session.commit()
    return f"/meetings/{SLUG}"


def write(page, words):
    """Fill in the composer by its plain field, and publish."""
    composer = page.locator("#composer")
    composer.get_by_text("Metod", exact=True).click()
    composer.get_by_label("Din text").fill(words)
    composer.get_by_role("button", name="Publicera").click()


def test_a_planned_meeting_is_opened_and_each_writes_first(visit, site, planned):
    page = visit(planned, COORDINATOR)
    page.get_by_role("link", name="Öppna träffen för nätverket").click()
    page.get_by_label("Trådens rubrik").fill(TITLE)
    page.get_by_label("Skriv först").check()
    page.get_by_role("button", name="Öppna träffen").click()
    expect(page).to_have_url(re.compile(f"{planned}$"))
    expect(page.get_by_role("main").get_by_role("link", name=TITLE)).to_be_visible()
    expect(page.get_by_role("link", name="Öppna träffen för nätverket")).to_have_count(0)
    with site.app.app_context():
        letter = db.session.scalars(select(Letter).where(Letter.address == FIRST)).all()[-1]
    assert TITLE in letter.plain

    first = visit("/", FIRST, java_script_enabled=False)
    first.get_by_role("main").get_by_role("link", name=re.compile("Träff att öppna")).first.click()
    first.get_by_role("main").get_by_role("link", name=TITLE).click()
    write(first, "Hos oss bär en person det mesta.")
    expect(first.get_by_role("article")).to_contain_text("Hos oss bär en person det mesta.")

    second = visit(first.url.split("#")[0], SECOND, java_script_enabled=False)
    fold = second.get_by_role("region", name="Skriv först")
    expect(fold).to_contain_text("1 inlägg visas när du har skrivit ditt eget.")
    assert "bär en person" not in second.content()
    fold.get_by_role("link", name="Skriv ditt inlägg").click()
    write(second, "Hos oss bär många lite.")
    expect(second.get_by_role("article")).to_have_count(2)
    expect(second.get_by_role("main")).to_contain_text("Hos oss bär en person det mesta.")

    coordinator = visit(first.url.split("#")[0], COORDINATOR)
    coordinator.get_by_role("button", name="Visa ändå").click()
    expect(coordinator.get_by_role("article")).to_have_count(2)


def test_what_is_alike_is_shown_while_the_title_is_typed(visit, planned):
    page = visit(f"{planned}/threads/new", FIRST)
    page.get_by_label("Rubrik").press_sequentially("Partnerskapen räknas")
    told = page.get_by_role("status").filter(has_text="Detta har diskuterats")
    link = told.get_by_role("link", name="Följa partnerskap utan att räkna dem")
    expect(link).to_be_visible()
    page.get_by_label("Rubrik").fill("Något helt annat om cyklar")
    expect(link).to_have_count(0)
    page.get_by_label("Tema").select_option(index=1)
    page.get_by_role("button", name="Öppna tråden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Något helt annat om cyklar")


def test_without_scripts_the_first_sending_comes_back_with_what_is_alike(visit, planned):
    page = visit(f"{planned}/threads/new", SECOND, java_script_enabled=False)
    page.get_by_label("Rubrik").fill("Partnerskapen räknas")
    page.get_by_label("Vad vill du höra om?").fill("Hur gör ni?")
    page.get_by_label("Tema").select_option(index=1)
    page.get_by_role("button", name="Öppna tråden").click()
    expect(page.get_by_role("main")).to_contain_text("Detta har diskuterats")
    expect(page.get_by_label("Vad vill du höra om?")).to_have_value("Hur gör ni?")
    page.get_by_role("button", name="Öppna ändå").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partnerskapen räknas")


def test_a_guest_writes_in_what_is_shared(visit, planned):
    page = visit(f"{planned}/threads/new", COORDINATOR)
    page.get_by_label("Rubrik").fill("Till våra gäster: cykelställ")
    page.get_by_label("Tema").select_option(index=1)
    page.get_by_label("Dela tråden med träffens gäster").check()
    page.get_by_role("button", name="Öppna tråden").click()
    expect(page.get_by_role("main")).to_contain_text("Delas med träffens gäster")
    guest = visit(planned, GUEST, java_script_enabled=False)
    main = guest.get_by_role("main")
    expect(main.get_by_role("link", name=TITLE)).to_have_count(0)
    main.get_by_role("link", name="Till våra gäster: cykelställ").click()
    write(guest, "Så ser det ut hos oss.")
    post = guest.get_by_role("article").filter(has_text="Så ser det ut hos oss.")
    expect(post).to_contain_text("Träffens gäst")
