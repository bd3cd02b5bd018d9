"""The blueprint that the pages of planning hang on; most stand under the meeting they are about."""

from flask import Blueprint

bp = Blueprint("planning", __name__)
