"""The blueprint of the steering group's pages."""

from flask import Blueprint

bp = Blueprint("steering", __name__)
