"""The blueprint of the pages of announcements."""

from flask import Blueprint

bp = Blueprint("announcements", __name__)
