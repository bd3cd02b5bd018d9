"""Finds the Chromium that browser tests drive; run as a program, gets one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "The browser tests need Chromium: install it, or name it with KLOSS_CHROMIUM=/path/to/chromium."


def chromium_path() -> str:
    """Return the browser's path: KLOSS_CHROMIUM, else from PATH, else the one Playwright keeps.

    Raises RuntimeError when there is none.
    """
    if named := os.environ.get("KLOSS_CHROMIUM"):
        if shutil.which(named) is None:
            raise RuntimeError(f"KLOSS_CHROMIUM names {named}, which is no program.")
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if kept := _kept_by_playwright():
        return kept
    raise RuntimeError(MISSING)


def obtain() -> str:
    """Return a browser's path, installing one first where none is found."""
    for install in (_nothing, _from_apt, _from_playwright):
        install()
        try:
            return chromium_path()
        except RuntimeError:
            if "KLOSS_CHROMIUM" in os.environ:
                raise
    raise RuntimeError(MISSING)


def _nothing() -> None:
    """The first attempt: look before installing."""


def _from_apt() -> None:
    """Install the system's own browser, which only root may do."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print("Installing Chromium from the system's packages")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)


def _from_playwright() -> None:
    """Let Playwright fetch the browser it keeps for itself."""
    print("Installing Chromium through Playwright")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _kept_by_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    try:
        obtain()
    except RuntimeError as missing:
        sys.exit(str(missing))
