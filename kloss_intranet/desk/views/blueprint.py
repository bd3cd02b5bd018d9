"""The blueprint of the pages of desk."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
