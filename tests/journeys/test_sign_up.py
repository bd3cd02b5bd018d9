"""A representative signs up on a phone, lets somebody come in her place, and that person enters."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members.models import Member, Origin
from kloss_intranet.threads.models import Thread

pytestmark = pytest.mark.browser
REPRESENTATIVE, HOST = "representant2@example.org", "vard@example.org"
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
DINNER = "Middag och informellt samtal"
DIET = "Vegetariskt, tack"


@pytest.fixture(scope="module")
def coming(site):
    """The address of the invented meeting that is ahead, and of a thread of it and of another."""
    with site.app.app_context():
        meeting = db.session.scalars(
            select(Meeting).where(Meeting.origin == Origin.INVENTED, Meeting.state == "open")
        ).first()
        own = select(Thread.id).where(Thread.meeting_id == meeting.id, Thread.audience == "network")
        other = select(Thread.id).where(Thread.meeting_id != meeting.id, Thread.audience == "network")
        ids = [db.session.scalars(query.order_by(Thread.id)).first() for query in (own, other)]
        return f"/meetings/{meeting.slug}", *(f"/threads/{number}" for number in ids)


def is_narrow(page):
    """Nothing sticks out of a phone's screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_representative_signs_up_on_a_phone_without_scripts(site, visit, coming):
    page = visit(coming[0], as_=REPRESENTATIVE, viewport={"width": 390, "height": 844})
    assert is_narrow(page)
    plain = visit(coming[0], as_=REPRESENTATIVE, **PHONE)
    dinner = plain.get_by_role("group", name=DINNER)
    dinner.get_by_label("Kommer", exact=True).check()
    plain.get_by_label("Kost eller allergi").fill(DIET)
    plain.get_by_role("button", name="Spara anmälan").click()
    expect(plain.locator(".messages")).to_contain_text(f"Kommer: {DINNER}.")
    expect(plain.get_by_role("group", name=DINNER)).to_contain_text("Du kommer.")
    host = visit(f"{coming[0]}/participants", as_=HOST)
    expect(host.locator("main")).not_to_contain_text(DIET)
    host.get_by_role("button", name="Visa behov").click()
    expect(host.get_by_role("table")).to_contain_text(DIET)
    expect(host.get_by_text("Det är antecknat att du har sett det här.")).to_be_visible()


def test_a_stand_in_enters_and_finds_this_meeting_alone(site, visit, coming):
    absent = visit(coming[0], as_=REPRESENTATIVE, viewport={"width": 390, "height": 844})
    name = absent.get_by_label("Namn på den som kommer")
    expect(name).to_be_hidden()
    absent.get_by_label("Någon kommer i mitt ställe").check()
    name.fill("Vikarie Ersberg")
    absent.get_by_label("E-post till den som kommer").fill("ersberg@example.org")
    absent.get_by_role("button", name="Spara anmälan").click()
    expect(absent.locator("#sign-up")).to_contain_text("Vikarie Ersberg kommer i ditt ställe.")
    with site.app.app_context():
        letter = db.session.scalars(
            select(Letter)
            .join(Member, Member.id == Letter.member_id)
            .where(Member.email == "ersberg@example.org", Letter.key.like("invitation:%"))
        ).one()
    page = visit(re.search(r"/auth/invitations/\S+", letter.plain)[0])
    page.get_by_label("Välj ett lösenord").fill("nio gula svampar")
    page.locator("main form button").first.click()
    expect(page.locator("h1")).to_contain_text("Rum för samverkan")
    page.goto(coming[0])
    expect(page.locator("#sign-up")).to_contain_text("Du kommer i stället för")
    expect(page.get_by_role("group", name=DINNER)).to_contain_text("Du kommer.")
    page.goto(coming[1])
    page.locator("textarea[name=body]").fill("Vi som kommer nya märker det först.")
    page.get_by_label("Metod").check()
    page.get_by_role("button", name="Publicera").click()
    expect(page.locator("article").last).to_contain_text("ersätter")
    assert page.goto(coming[2]).status == 404
    absent.goto(coming[0])
    absent.get_by_role("button", name="Jag kommer själv i stället").click()
    expect(absent.get_by_role("group", name=DINNER)).to_contain_text("Du kommer.")
    assert page.goto(coming[1]).status == 404
