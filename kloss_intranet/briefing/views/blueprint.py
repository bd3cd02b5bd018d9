"""The blueprint of the briefing."""

from flask import Blueprint

bp = Blueprint("briefing", __name__, url_prefix="/meetings")
