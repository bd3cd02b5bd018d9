"""Style and scripts: one style sheet joined at start, every address carrying its content's hash."""

import hashlib
from pathlib import Path

from flask import Flask, Response, url_for

from .access import public

ORDER = ("layers", "reset", "tokens", "base", "layout")
YEAR = 365 * 24 * 3600


def _parts(folder: Path) -> list[Path]:
    first = [folder / f"{name}.css" for name in ORDER]
    return [
        *first,
        *sorted((folder / "components").glob("*.css")),
        *sorted((folder / "areas").glob("*.css")),
        folder / "print.css",
    ]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def init_app(app: Flask) -> None:
    static = Path(app.static_folder or "")
    sheet = "\n".join(part.read_text("utf-8") for part in _parts(static / "css") if part.exists()).encode()
    sheet_hash = _digest(sheet)
    scripts = {
        path.relative_to(static).as_posix(): _digest(path.read_bytes())
        for path in static.rglob("*")
        if path.is_file()
    }

    @app.get("/style/<string:version>.css", endpoint="stylesheet")
    @public
    def stylesheet(version: str) -> Response:
        response = Response(sheet, mimetype="text/css")
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response

    def versioned(filename: str) -> str:
        return url_for("static", filename=filename, v=scripts.get(filename, "0"))

    app.jinja_env.globals["script_url"] = versioned
    # The rich editor is built with npm, which a machine may lack; a page must not ask for what is not there.
    app.jinja_env.globals["has_script"] = scripts.__contains__
    app.context_processor(lambda: {"stylesheet_url": url_for("stylesheet", version=sheet_hash)})
