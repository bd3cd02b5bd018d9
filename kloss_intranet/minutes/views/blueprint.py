"""What the pages of minutes are registered on; they stand under the meeting's own address."""

from flask import Blueprint

bp = Blueprint("minutes", __name__)
