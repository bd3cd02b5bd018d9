"""Headers on every answer, the cookie's terms, and the check that a form came from us."""

from flask import Flask, Response, abort, current_app, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

from .access import View, actor
from .config import Settings
from .db import writing
from .kept import hole

csrf = CSRFProtect()

LARGEST_FORM = 8_000_000
"""Bytes in an ordinary request; a text far too long should still come back to the one who wrote it."""
LARGEST_UPLOAD = 200_000_000 + LARGEST_FORM
"""Bytes in a request to a view that takes files."""

MOST_FIELDS = 1_000
"""Fields in a form that comes as one line; one sent in parts has the framework's bound, the same."""

CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def takes_files(view: View) -> View:
    """Let `view` read a larger request from those who are signed in."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def _make_room() -> None:
    """Set the limit before anything reads the form; what nobody may send is not read at all."""
    if request.method == "POST" and request.endpoint:
        view = current_app.view_functions[request.endpoint]
        if getattr(view, "takes_files", False):
            writing.set(True)
            if actor() is not None:
                request.max_content_length = LARGEST_UPLOAD
        # Each field takes a hundred times its bytes, and anyone may send a form.
        is_line = request.mimetype == "application/x-www-form-urlencoded"
        if is_line and request.get_data(parse_form_data=False).count(b"&") >= MOST_FIELDS:
            abort(413)


def init_app(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-kloss" if settings.secure else "kloss",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=14 * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,  # it lives as long as the session it belongs to
        WTF_CSRF_SSL_STRICT=settings.secure,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    app.before_request(_make_room)
    csrf.init_app(app)
    token = hole("csrf_token", generate_csrf)
    app.jinja_env.globals["csrf_token"] = token  # for macros, which see no context
    app.context_processor(lambda: {"csrf_token": token})

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000")
        if request.endpoint not in ("static", "stylesheet"):
            response.headers.setdefault(
                "Cache-Control", "private, no-store" if request.method != "GET" else "private, no-cache"
            )
        return response
