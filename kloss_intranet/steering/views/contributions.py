"""A member's own posts, and where they have been used."""

from typing import Any

from flask import render_template, request, url_for

from ...core import text as texts
from ...core.access import me, requires
from ...core.form import number
from ...core.policy import Permission
from ..queries.contributions import PAGE, contributions
from .blueprint import bp


@bp.get("/contributions", endpoint="contributions")
@requires(Permission.CONTRIBUTION_READ)
def show() -> str:
    at = request.args.get("at", type=number)
    found = contributions(me(), at)
    shown, rest = found[:PAGE], found[PAGE:]
    values: dict[str, Any] = {
        "own": shown,
        "excerpt": texts.excerpt,
        "later": url_for("steering.contributions", at=rest[0].post.id) if rest else None,
        "is_first": at is None,
    }
    return render_template("steering/contributions.html", **values)
