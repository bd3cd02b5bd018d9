"""What the pages of a strip are registered on; they stand under the question's own address."""

from flask import Blueprint

bp = Blueprint("breadth", __name__, url_prefix="/questions")
