"""Handing out a kept file, to be saved and never drawn: no browser may run or guess at what is in it."""

import logging
from pathlib import Path

from flask import Response, abort, send_file

log = logging.getLogger(__name__)


def download(place: Path, media_type: str, name: str) -> Response:
    """The file at `place`, whose own name there tells its content apart, under `name`; else not found."""
    if not place.is_file():
        log.error("the file %s is not where it should lie", place.name)
        abort(404)
    response = send_file(place, mimetype=media_type, as_attachment=True, download_name=name, etag=place.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
