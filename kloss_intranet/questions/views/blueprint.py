"""What the pages of questions are registered on."""

from flask import Blueprint

bp = Blueprint("questions", __name__, url_prefix="/questions")
