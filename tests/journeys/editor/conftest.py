"""A thread with the rich editor open, and hands that know only the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from kloss_intranet.core.db import db
from kloss_intranet.threads.models import Audience, Thread

WRITER = "representant2@example.org"
SENT = "() => Object.fromEntries(new FormData(document.querySelector('#composer form.form')))"


class Text:
    """The page of a thread, and what its editor holds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_label("Din text")
        self.textarea = page.locator("#composer [data-editor] textarea")
        self.status = page.locator("#composer [data-editor] [role=status]").first

    def html(self) -> str:
        """What the form would send now."""
        form = self.page.evaluate(SENT)
        assert form["format"] == "html"
        return form["body"]

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tool(self, name: str) -> None:
        """Press a button of the toolbar without a mouse."""
        self.press("Alt+F10", "Home")
        for _ in range(self.page.locator("#composer [role=toolbar] button:visible").count()):
            if self.page.evaluate("document.activeElement.textContent.trim()") == name:
                self.press("Enter")
                return
            self.press("ArrowRight")
        raise AssertionError(f"no button {name}")


@pytest.fixture
def approach(visit, site) -> Iterator[Callable[..., Page]]:
    """Opens a thread; what the page's policy forbids on the way fails the test."""
    said: list[str] = []
    with site.app.app_context():
        query = select(Thread).where(Thread.audience == Audience.NETWORK, Thread.closed_at.is_(None))
        address = f"/threads/{db.session.scalars(query.order_by(Thread.id)).first().id}"

    def go(*routes, **options):
        page = visit("/rules", WRITER, **options)
        page.on("console", lambda message: said.append(message.text))
        # Each test begins with an empty text.
        page.route("**/drafts*", lambda route: route.abort())
        for pattern, answer in routes:
            page.route(pattern, answer)
        page.goto(address)
        page.locator("#composer").scroll_into_view_if_needed()
        return page

    yield go
    assert [words for words in said if "Content Security Policy" in words] == []


@pytest.fixture
def write(approach) -> Callable[..., Text]:
    """Opens a thread and puts the cursor into the editor."""

    def go(*routes, **options):
        page = approach(*routes, **options)
        page.locator("#composer [data-editor=on]").wait_for(state="attached")
        text = Text(page)
        text.field.focus()
        return text

    return go
