"""Every contract of the house is seen to fail on a breach of its own, and on no other."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
# Contract, module, the line planted in it; a module that is not there is added, empty but for the line.
BREACHES = [
    ("areas", "audit.models", "import kloss_intranet.members.models"),
    ("areas", "files.models", "import kloss_intranet.members.models"),
    ("areas", "home.queries", "import kloss_intranet.settings"),
    ("areas", "weather", ""),
    ("rooms", "members.models", "import kloss_intranet.members.queries"),
    ("rooms", "members.utils", ""),
    ("rooms-of-mail", "mail.models", "import kloss_intranet.mail.services"),
    ("rooms-of-mail", "mail.utils", ""),
    ("rooms-of-history", "history.data", "import kloss_intranet.history.reader"),
    ("rooms-of-history", "history.utils", ""),
    ("no-web-below", "members.services", "import flask"),
    ("no-web-below", "members.queries", "import kloss_intranet.core.access"),
    ("views", "commands", "import kloss_intranet.themes.views"),
    ("forms", "commands", "import kloss_intranet.auth.forms"),
    ("sanitising", "threads.services.publishing", "import bleach"),
    ("sanitising", "members.services", "import nh3"),
    ("sanitising", "core.text.door", "import bleach"),
    ("sign-in", "threads.views", "import flask_login"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and its contracts."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    unneeded = shutil.ignore_patterns("__pycache__", "*.mo", "*.po", "*.csv")
    shutil.copytree(ROOT / "kloss_intranet", folder / "kloss_intranet", ignore=unneeded)
    return folder


@pytest.fixture
def plant(copy: Path) -> Iterator[object]:
    """A function that adds a line to a module of the copy; the copy is as before afterwards."""
    undo = []

    def add(module: str, line: str) -> None:
        place = copy.joinpath("kloss_intranet", *module.split("."))
        file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        before = file.read_text() if file.exists() else None
        undo.append((file, before))
        file.write_text(f"{before or ''}\n{line}\n")

    yield add
    for file, before in undo:
        if before is None:
            file.unlink()
        else:
            file.write_text(before)


def broken(folder: Path) -> list[str]:
    """Run the linter in `folder` and return the names of the contracts it calls broken."""
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = re.findall(r"^(.+) (KEPT|BROKEN)\b", run.stdout, re.MULTILINE)
    assert [name for name, _ in verdicts] == list(CONTRACTS.values()), run.stdout + run.stderr
    return [name for name, verdict in verdicts if verdict == "BROKEN"]


def test_the_house_as_it_stands_breaks_nothing(copy):
    assert broken(copy) == []


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_breach_is_reported_by_its_own_contract(copy, plant, contract, module, line):
    plant(module, line)
    assert broken(copy) == [CONTRACTS[contract]]


def test_every_contract_has_a_breach():
    assert {contract for contract, _, _ in BREACHES} == set(CONTRACTS)
