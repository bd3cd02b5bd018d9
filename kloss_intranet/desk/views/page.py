"""The desk: what waits, each line one click from done."""

from flask import render_template

from ...core.access import requires
from ...core.policy import Permission
from . import lines
from .blueprint import bp


@bp.get("/desk/")
@requires(Permission.DESK_READ)
def index() -> str:
    sections = lines.sections()
    return render_template(
        "desk/index.html", sections=sections, number=sum(len(section.lines) for section in sections)
    )
