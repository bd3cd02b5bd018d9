"""What the pages of briefings are registered on."""

from flask import Blueprint

bp = Blueprint("briefing", __name__)
