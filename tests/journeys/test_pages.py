"""The main pages, light and dark, wide and narrow: no barrier, no fault in the HTML, nothing cut off."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import select

from kloss_intranet.breadth.models import Dot
from kloss_intranet.core.db import db
from kloss_intranet.meetings.models import Meeting, MeetingState
from kloss_intranet.members.models import Institution, Member, Origin
from kloss_intranet.questions.models import Question
from kloss_intranet.themes.models import Theme
from kloss_intranet.threads.models import Thread
from tests.journeys.conftest import picture_place
from tests.tooling import vnu

pytestmark = pytest.mark.browser
COORDINATOR = "koordinator@example.org"
REPRESENTATIVE = "representant1@example.org"
READERS = {
    **dict.fromkeys(
        ("/auth/invitations", "/desk/", "/rules/ground/edit", "strip ends", "strip ending"), COORDINATOR
    ),
    **dict.fromkeys(("/steering/", "preparation", "uptake", "placing"), "styrgrupp@example.org"),
    **dict.fromkeys(("strip seen", "strip by type"), "representant2@example.org"),  # who has placed a dot
}
OPEN = [
    "/auth/login",
    "/auth/recover",
    "/accessibility",
    "/privacy",
    "/rules",
    "/rules/moderation",
    "/dev/mail",
]
CLOSED = [
    *("/", "/permissions", "/settings/", "/themes/", "/meetings/", "/questions/", "/members/"),
    *("/desk/", "/rules/ground/edit", "/rules/ground/versions"),
    *("/auth/invitations", "/drafts", "/new", "/saved", "/no-such-page", "theme", "meeting"),
    *("/meetings/?year=2022", "coming meeting", "later meeting", "old meeting"),
    *("question", "thread", "sides", "reply", "new thread", "institution", "member"),
    *("/steering/", "preparation", "uptake", "placing", "/contributions"),
    *("question with a strip", "strip", "strip seen", "strip by type", "strip ends", "strip ending"),
]
KINDS = {
    "theme": (Theme, "/themes/{0.slug}"),
    "meeting": (Meeting, "/meetings/{0.slug}"),
    "old meeting": (Meeting, "/meetings/{0.slug}"),
    "coming meeting": (Meeting, "/meetings/{0.slug}"),
    "later meeting": (Meeting, "/meetings/{0.slug}"),
    "question": (Question, "/questions/{0.id}"),
    "question with a strip": (Dot, "/questions/{0.question_id}"),
    "strip": (Dot, "/questions/{0.question_id}/breadth"),
    "strip seen": (Dot, "/questions/{0.question_id}/breadth"),
    "strip by type": (Dot, "/questions/{0.question_id}/breadth?by=kind"),
    "strip ends": (Dot, "/questions/{0.question_id}/breadth/edit"),
    "strip ending": (Dot, "/questions/{0.question_id}/breadth/ending"),
    "preparation": (Question, "/steering/questions/{0.id}/preparation"),
    "uptake": (Question, "/steering/questions/{0.id}/uptakes/new"),
    "placing": (Meeting, "/steering/meetings/{0.slug}/agenda-items/new"),
    "thread": (Thread, "/threads/{0.id}"),
    "sides": (Thread, "/threads/{0.id}?view=sides"),
    "reply": (Thread, "/threads/{0.id}?reply_to=1"),
    "new thread": (Meeting, "/meetings/{0.slug}/threads/new"),
    "institution": (Institution, "/members/institutions/{0.slug}"),
    "member": (Member, "/members/{0.id}"),
}
STATES = {"coming meeting": MeetingState.OPEN, "later meeting": MeetingState.PLANNED}
SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# Safari takes a list without bullets for no list at all, unless it is told.
NEEDED = "The “list” role is unnecessary"


def reader(name):
    """Who opens the page: nobody, where that is enough."""
    return None if name in OPEN else READERS.get(name, REPRESENTATIVE)


@pytest.fixture(scope="module")
def address(site):
    """From the name of a page to its address in the demo."""

    def find(name):
        if name not in KINDS:
            return name
        kind, pattern = KINDS[name]
        query = select(kind).order_by(kind.id)
        if kind in (Meeting, Institution, Question):
            origin = Origin.SOURCE if name == "old meeting" else Origin.INVENTED
            query = query.where(kind.origin == origin)
        if name in STATES:
            query = query.where(Meeting.state == STATES[name])
        with site.app.app_context():
            return pattern.format(db.session.scalars(query).first())

    return find


@pytest.mark.parametrize("name", OPEN + CLOSED)
def test_nobody_is_shut_out(visit, address, name):
    page = visit(address(name), reader(name))
    barriers = []
    for scheme, width in SCREENS:
        # Without motion, for a colour on its way from light to dark is neither.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES)
        barriers += [
            f"{scheme} {width}: {barrier['id']}: {[node['html'][:200] for node in barrier['nodes']]}"
            for barrier in found.response["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        barriers += [f"{wide} px wider than a window of {width} px"] if wide > 0 else []
    assert barriers == []


@pytest.mark.parametrize("language", ["sv-SE", "en-GB"])
@pytest.mark.parametrize("name", OPEN + CLOSED)
def test_the_html_is_valid(visit, address, name, language):
    page = visit("/rules", reader(name), locale=language)
    answer = page.request.get(address(name))
    assert answer.status < 500
    assert [fault for fault in vnu.check(answer.text()) if NEEDED not in fault] == []


def test_a_page_asks_nobody_else_for_anything(visit, address, site):
    page = visit("/rules", REPRESENTATIVE)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name in ("/", "meeting", "thread"):
        page.goto(address(name))
    assert [url for url in asked if not url.startswith(site.url)] == []
    assert said == []


def test_the_front_page_can_be_pictured(visit):
    page = visit("/", REPRESENTATIVE, viewport={"width": 1280, "height": 900})
    picture = page.screenshot(animations="disabled")
    assert picture.startswith(b"\x89PNG")
    if os.environ.get("KLOSS_PICTURE"):
        picture_place().write_bytes(picture)
