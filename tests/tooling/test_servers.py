"""The servers the tests lean on start, answer and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.tooling import chromium, postgres, vnu
from tests.tooling.tether import tethered

ROOT = Path(__file__).parents[2]


def test_postgresql_gives_a_server_where_databases_may_be_made(monkeypatch):
    monkeypatch.delenv("KLOSS_TEST_DATABASE_URL", raising=False)
    with postgres.server_url() as address:
        plain = address.replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute("CREATE DATABASE tried")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain)


def test_postgresql_is_never_skipped(monkeypatch):
    monkeypatch.setenv("KLOSS_TEST_DATABASE_URL", "postgresql+psycopg://elsewhere/tests")
    with postgres.server_url() as address:
        assert address == "postgresql+psycopg://elsewhere/tests"
    monkeypatch.delenv("KLOSS_TEST_DATABASE_URL")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="set KLOSS_TEST_DATABASE_URL"), postgres.server_url():
        pass


def test_the_html_checker_tells_a_valid_page_from_a_faulty_one():
    head = "<!doctype html><html lang=sv><head><title>Möten</title></head>"
    assert vnu.check(f"{head}<body><main><h1>Möten</h1></main></body></html>") == []
    (fault, _) = vnu.check(f"{head}<body><main><h1 id=a>Möten</h1><p id=a>Här</main></body></html>")
    assert "Duplicate ID" in fault


def test_a_named_browser_must_be_a_program(monkeypatch):
    monkeypatch.setenv("KLOSS_CHROMIUM", sys.executable)
    assert chromium.chromium_path() == sys.executable
    monkeypatch.setenv("KLOSS_CHROMIUM", "/no/such/browser")
    with pytest.raises(RuntimeError, match="/no/such/browser"):
        chromium.obtain()


def test_a_server_ends_with_a_run_that_is_killed(tmp_path):
    script = (
        "import pathlib, time\nfrom tests.tooling.tether import tethered\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "with tethered(['sh', '-c', 'echo $$ > pid; exec sleep 60'], log=folder / 'log', cwd=folder):\n"
        "    time.sleep(60)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    server = int(_eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip()))
    run.send_signal(signal.SIGKILL)
    run.wait()
    _eventually(lambda: not _is_running(server))


def test_a_server_ends_with_its_context(tmp_path):
    with tethered(["sh", "-c", "echo $$ > pid; exec sleep 60"], log=tmp_path / "log", cwd=tmp_path):
        server = int(
            _eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
        )
        assert _is_running(server)
    assert not _is_running(server)


def _eventually(question):
    deadline = time.monotonic() + 10
    while not (answer := question()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return answer


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
