"""The themes and what has been said under each."""

from flask import Blueprint, render_template

from ..core.access import requires
from ..core.policy import Permission
from . import queries
from .models import Theme

bp = Blueprint("themes", __name__, url_prefix="/themes")


@bp.get("/")
@requires(Permission.THEME_READ)
def index() -> str:
    return render_template("themes/index.html", themes=queries.themes())


@bp.get("/<string:slug>")
@requires(Permission.THEME_READ, find=queries.theme)
def show(theme: Theme) -> str:
    return render_template("themes/show.html", theme=theme)
