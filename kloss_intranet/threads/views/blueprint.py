"""The blueprint that the pages of threads hang on; posts have addresses of their own."""

from flask import Blueprint

bp = Blueprint("threads", __name__)
