"""What every test may ask for: a migrated database, the application, a browser without a screen, people."""

import contextlib
import itertools
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests.browser import Client
from tests.cast import Cast, assemble
from tests.make import Make
from tests.tooling import postgres

NUMBERS = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "any_database: run once on SQLite and once on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("any_database"):
        metafunc.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        outside = isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost")
        assert not outside, f"a test wants to reach {address}"
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that is only ever copied."""
    from kloss_intranet.migrations import upgrade

    path = tmp_path_factory.mktemp("template") / "kloss.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with postgres.server_url() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, worker_id: str) -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database that is only ever copied."""
    from kloss_intranet.migrations import upgrade

    name = f"kloss_template_{worker_id}"
    with created(postgresql_server, name):
        upgrade(database_at(postgresql_server, name))
        yield name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of the test's own; the marker any_database runs it on both kinds."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "kloss.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue("postgresql_template")
    name = f"{template}_{next(NUMBERS)}"
    with created(server, name, f"TEMPLATE {template}"):
        yield database_at(server, name)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    from kloss_intranet import create_app
    from kloss_intranet.core.config import read_settings
    from kloss_intranet.core.db import db

    settings = read_settings(
        instance=tmp_path,
        database_url=database_url,
        secret_key="x" * 40,
        mail=f"folder:{tmp_path / 'mail'}",
        demo=False,
    )
    app = create_app(settings)
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def make(app: Flask) -> Make:
    return Make(app)


@pytest.fixture
def cast(make: Make) -> Cast:
    return assemble(make)


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser nobody has signed in with yet; `client.another()` gives one more."""
    return Client(app)


@pytest.fixture
def statements() -> Callable[[], contextlib.AbstractContextManager[list[str]]]:
    """A with-block that lists the SQL statements sent inside it: `with statements() as sent: …`."""
    return recorded


@contextlib.contextmanager
def recorded() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(*arguments):
        sent.append(arguments[2])  # after the connection and the cursor

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextlib.contextmanager
def created(server: str, name: str, options: str = "") -> Iterator[None]:
    """Make the database `name` on `server`, and drop it afterwards."""
    plain = server.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} {options}")
        yield
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def database_at(server: str, name: str) -> str:
    """The address of the database `name` on `server`."""
    place, _, query = server.partition("?")
    return f"{place.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
