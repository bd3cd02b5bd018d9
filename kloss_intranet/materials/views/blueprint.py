"""What the pages of materials are registered on; folders and files have addresses of their own."""

from flask import Blueprint

bp = Blueprint("materials", __name__)
