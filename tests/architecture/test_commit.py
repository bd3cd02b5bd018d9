"""One commit for each request: only the doors commit, never the rooms behind them."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "kloss_intranet"
DOORS = {"views", "cli", "commands", "transport", "history"}


def commits(path):
    """The lines of `path` that call something named commit."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [
        call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]


def test_only_the_doors_commit():
    for path in PACKAGE.rglob("*.py"):
        if not DOORS & {*path.relative_to(PACKAGE).with_suffix("").parts}:
            assert commits(path) == [], path
