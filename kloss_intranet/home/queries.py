"""What the operator's probes and the accessibility statement need to know."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from ..core.db import db

STATEMENT = Path(__file__).with_name("accessibility.toml")


@cache
def statement() -> dict[str, dict[str, Any]]:
    """The parts of the accessibility statement, in the file's order."""
    return tomllib.loads(STATEMENT.read_text("utf-8"))


def failing_parts() -> list[str]:
    """The names of the parts that do not work; empty when all is well."""
    try:
        db.session.execute(text("SELECT 1 FROM members LIMIT 1"))
    except Exception:  # whatever is wrong with the database, the probe's answer is the same
        db.session.rollback()
        return ["database"]
    return []
