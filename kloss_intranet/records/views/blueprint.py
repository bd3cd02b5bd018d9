"""The blueprint of the pages of records."""

from flask import Blueprint

bp = Blueprint("records", __name__)
