"""A served demo with its invented season, and browsers that someone has signed in with."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete
from waitress.server import create_server

from kloss_intranet import create_app
from kloss_intranet.core import clock
from kloss_intranet.core.config import Settings, read_settings
from kloss_intranet.core.db import db
from kloss_intranet.history.demo import plant
from kloss_intranet.history.importer import import_history
from kloss_intranet.history.reader import DATA, read
from kloss_intranet.migrations import upgrade
from kloss_intranet.threads.models import Draft
from tests.browser import Client
from tests.tooling.chromium import chromium_path

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


@dataclass(frozen=True)
class Site:
    app: Flask
    url: str

    def cookie(self, email: str) -> dict[str, str]:
        """The cookie of a new session for the holder of `email`."""
        client = Client(self.app).sign_in(email)
        cookie = client.raw.get_cookie("kloss", domain="localhost")
        assert cookie
        return {"name": "kloss", "value": cookie.value, "url": self.url}


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the history and the season, to be copied."""
    folder = tmp_path_factory.mktemp("planted")
    settings = _settings(folder)
    upgrade(settings.database_url)
    app = create_app(settings)
    with app.app_context():
        import_history(read(DATA))
        plant(clock.today())
        db.engine.dispose()
    return folder


@pytest.fixture(scope="module")
def site(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo as planted; no file of tests meets what another one has written."""
    folder, port = tmp_path_factory.mktemp("demo") / "instance", free_port()
    shutil.copytree(planted, folder)
    settings = _settings(folder, port)
    app = create_app(settings)
    with served(app, port):
        yield Site(app, settings.base_url)
    with app.app_context():
        db.engine.dispose()


def _settings(folder: Path, port: int = 80) -> Settings:
    return read_settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'kloss.sqlite'}",
        secret_key="x" * 40,
        base_url=f"http://127.0.0.1:{port}",
        mail=f"folder:{folder / 'mail'}",
        demo=True,
    )


@pytest.fixture(autouse=True)
def clear_desk(site: Site) -> None:
    """No test finds what another has begun to write."""
    with site.app.app_context():
        db.session.execute(delete(Draft))
        db.session.commit()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, str]:
    return {"executable_path": chromium_path()}


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """`visit("/meetings/", as_="anna@example.org")`: a page in a browser of its own, Swedish unless told."""
    contexts = []

    def go(path: str, as_: str | None = None, **options: object) -> Page:
        settings = {"locale": "sv-SE", "base_url": site.url} | options
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(20_000)
        if as_:
            context.add_cookies([site.cookie(as_)])
        page = context.new_page()
        answer = page.goto(path)
        assert answer is not None
        assert answer.status < 500, f"{path}: the server failed"
        return page

    yield go
    for context in contexts:
        context.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class served:  # noqa: N801 - read as a word in a with statement
    """Serves `app` from a thread of this process."""

    def __init__(self, app: Flask, port: int) -> None:
        self.server = create_server(app, host="127.0.0.1", port=port, threads=8)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *error: object) -> None:
        self.server.trigger.pull_trigger(self._end)
        self.thread.join(timeout=5)

    def _end(self) -> None:
        """Close every socket; with none left the server's loop ends."""
        for channel in list(self.server.active_channels.values()):
            channel.handle_close()
        self.server.close()


def picture_place() -> Path:
    """Where the picture in the README is kept."""
    return Path(__file__).parents[2] / "docs" / "home.png"
