"""What is installed is all of it: pages, styles, data and the look of what is printed."""

import shutil
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
FOLDERS = ("kloss_intranet", "templates", "static")
SEEN = (
    "briefing/services/document.typ",
    "static/js/waiting.js",
    "templates/briefing/show.html",
    "translations/en/LC_MESSAGES/messages.mo",
)
"""One of each kind that is not Python, so that a wheel without them cannot pass for whole."""


def test_a_wheel_holds_every_file_of_the_service(tmp_path):
    # On a copy: building writes the catalogues anew, while other tests read them.
    source = tmp_path / "source"
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".gitignore", "LICENSE", "pyproject.toml"):
        shutil.copy(ROOT / name, source)
    (built,) = WheelBuilder(str(source)).build(directory=str(tmp_path), versions=["standard"])
    held = set(zipfile.ZipFile(built).namelist())
    laid = [
        path.relative_to(source).as_posix()
        for folder in FOLDERS
        for path in (source / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    wanted = {name if name.startswith("kloss_intranet/") else f"kloss_intranet/{name}" for name in laid}
    assert wanted - held == set()
    assert {f"kloss_intranet/{name}" for name in SEEN} <= held
