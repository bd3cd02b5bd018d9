"""Reads the sources for what they say: every message, and every file that may say something."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
PACKAGE = ROOT / "kloss_intranet"
ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SQL_TEXT = re.compile(r"^from sqlalchemy import .*\btext\b|^import sqlalchemy as sa", re.MULTILINE)
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "text": None, "Refusal": None, "ngettext": (1, 2)}


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.*"))


def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file)


def messages() -> dict[str | tuple[str, ...], str]:
    """Every message in the sources, with one place where it stands."""
    found: dict[str | tuple[str, ...], str] = {}
    options = {"trimmed": "true", "silent": "false"}
    for folder, pattern, way in ((TEMPLATES, "**", "jinja2.ext:babel_extract"), (PACKAGE, "**.py", "python")):
        named = {pattern: options} if folder is TEMPLATES else {}
        extracted = extract_from_dir(folder, [(pattern, way)], named, KEYWORDS)
        for name, line, message, _, _ in extracted:
            # A file that writes SQL has another `text`, which says nothing to a reader.
            if message and not (folder is PACKAGE and SQL_TEXT.search((PACKAGE / name).read_text("utf-8"))):
                found.setdefault(message, f"{name}:{line}")
    return found
