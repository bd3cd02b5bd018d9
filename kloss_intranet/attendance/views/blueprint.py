"""What the pages of coming to a meeting are registered on; their addresses stand under the meeting's."""

from flask import Blueprint

bp = Blueprint("attendance", __name__)
