"""The gate: closed to all but named pages, and one decorator that finds, checks and refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.routing import IntegerConverter

from .db import Finder, writing
from .policy import TABLE, Actor, Permission, may
from .whence import whence

View = Callable[..., ResponseReturnValue]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
GATED = "kloss.gated"
"""Where the environment of a request says that it came through the gate."""

login_manager = LoginManager()
MemberLoader = Callable[[int], Actor | None]
_member_loaders: list[MemberLoader] = []


class RowNumber(IntegerConverter):
    """A number in an address; one too large for a row becomes 0, which no row has, and so is not found."""

    def to_python(self, value: str) -> int:
        number = int(value[:11])
        return number if number < 2**31 else 0


def actor() -> Actor | None:
    """Who is signed in, or None; loaded once a request."""
    person = current_user._get_current_object()
    return person if isinstance(person, Actor) else None


def me() -> Actor:
    """Who is signed in, where the gate has let only such people through."""
    person = actor()
    if person is None:
        abort(401)
    return person


def member_loader(loader: MemberLoader) -> MemberLoader:
    """Register how it is known what a member may do who is not here: one who has a calendar that fetches."""
    _member_loaders[:] = [loader]
    return loader


def as_member(member_id: int) -> Actor | None:
    """What the member is today, for an answer that goes to them and to nobody who is signed in."""
    (loader,) = _member_loaders
    return loader(member_id)


def public(view: View) -> View:
    """Leave `view` open to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def requires(permission: Permission, find: Finder | None = None) -> Callable[[View], View]:
    """Guard a view. With `find`, the view's address arguments are exchanged for the thing found.

    Not found and not visible give 404; visible and not permitted gives 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            if find is None:
                if not may(actor(), permission):
                    refuse(permission)
                return view(**arguments)
            thing = find(**arguments)
            sees = TABLE[permission].sees or permission
            if thing is None or not may(actor(), sees, thing):
                abort(404)
            if not may(actor(), permission, thing):
                refuse(permission)
            return view(thing)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def refuse(permission: Permission) -> None:
    """Answer 403 and say which permission is missing."""
    abort(403, description=permission)


def sign_in(person: Actor) -> None:
    """Give the browser a session of its own, and nothing of what went before but its language."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session.permanent = True
    login_user(person)


def sign_out() -> None:
    """Forget who was signed in here."""
    logout_user()
    session.clear()


def is_own_path(path: str) -> bool:
    """Whether `path` stays on this site: one slash first, and nothing a browser reads as a host."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and all(c.isprintable() for c in path)


def init_app(app: Flask) -> None:
    # The session table decides, not the address or the browser's name.
    app.config["SESSION_PROTECTION"] = None
    app.url_map.converters["int"] = RowNumber
    login_manager.init_app(app, add_context_processor=False)
    app.before_request(_gate)
    app.teardown_request(_leave)
    app.context_processor(lambda: {"actor": actor()})
    app.jinja_env.globals["may"] = lambda permission, thing=None: may(actor(), permission, thing)


def _gate() -> ResponseReturnValue | None:
    writing.set(request.method not in SAFE_METHODS)
    whence.set(request.remote_addr)
    request.environ[GATED] = True
    if "\0" in request.path:
        abort(404)  # PostgreSQL would refuse it as text
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False):
        return None
    if actor() is None:
        if request.method not in SAFE_METHODS:
            abort(401)
        wanted = request.full_path if request.query_string else request.path
        return redirect(url_for("auth.login", next=None if wanted == "/" else wanted), 303)
    if getattr(view, "permission", None) is None:
        abort(403)
    return None


def _leave(error: BaseException | None) -> None:
    writing.set(True)  # what the thread does next may write
    if request.environ.pop(GATED, False):  # a command that borrows a request's surroundings stays itself
        whence.set(None)


__all__ = [
    "actor",
    "as_member",
    "init_app",
    "is_own_path",
    "login_manager",
    "me",
    "member_loader",
    "public",
    "refuse",
    "requires",
]
