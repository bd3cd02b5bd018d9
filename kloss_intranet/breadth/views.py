"""The strip on a question's page: its axis, the dots, and the form for one's own."""

from flask import Blueprint

from . import models

bp = Blueprint("breadth", __name__, url_prefix="/questions")

__all__ = ["bp", "models"]
