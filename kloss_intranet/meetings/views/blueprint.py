"""What the meetings' pages and filters are registered on."""

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
