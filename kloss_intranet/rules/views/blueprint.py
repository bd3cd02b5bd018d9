"""The blueprint of the pages of rules."""

from flask import Blueprint

bp = Blueprint("rules", __name__)
