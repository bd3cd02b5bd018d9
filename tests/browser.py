"""A browser without a screen: fetches pages, inspects each, fills in forms and keeps the cookies."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from kloss_intranet.auth.models import Session
from kloss_intranet.auth.queries import hash_of
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.members.models import Member
from tests import page
from tests.make import PASSWORD

REDIRECTS = {302, 303, 307, 308}


class Page:
    """An answer: `status`, `path`, `html`, `text` (the words of main), and `root` for looking closer."""

    def __init__(self, response: TestResponse) -> None:
        self.response, self.status = response, response.status_code
        self.path, self.location = response.request.path, response.headers.get("Location")
        self.is_html = response.mimetype == "text/html"
        self.html = response.get_data(as_text=True) if self.is_html else ""
        self.root = page.read(self.html)

    @property
    def text(self) -> str:
        return " ".join(main.text for main in self.root.all("main"))

    @property
    def title(self) -> str:
        return self.root.all("title")[0].text

    @property
    def links(self) -> set[str]:
        return {link.attrs["href"] for link in self.root.all("a") if "href" in link.attrs}

    def form(self, action: str) -> dict[str, Any]:
        """The fields, with their values, of the form that posts to `action`; KeyError when there is none."""
        for form in self.root.all("form"):
            is_post = form.attrs.get("method", "get").lower() == "post"
            if is_post and self._leads(form) == urlsplit(action).path:
                return _values(form)
        raise KeyError(f"no form on {self.path} posts to {action}")

    def _leads(self, form: page.Element) -> str:
        return urlsplit(form.attrs.get("action", "")).path or self.path


class Client:
    """Fetch with `get`, fill in with `post`; every HTML page that comes back has been inspected."""

    def __init__(self, app: Flask) -> None:
        self.app, self.raw = app, app.test_client()

    def another(self) -> "Client":
        """A second browser, with nobody signed in."""
        return Client(self.app)

    def get(self, path: str, *, follow: bool = True, **options: Any) -> Page:
        # Read to the end, as a browser does: the server then closes a file that it sends.
        return self._arrive(self.raw.get(path, buffered=True, **options), follow)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        form_on: str | None = None,
        *,
        follow: bool = True,
        **options: Any,
    ) -> Page:
        """Send the form that the page `form_on` has for `path`, with `data` filled in.

        Without `form_on` nothing but `data` and the token of the page of rules is sent.
        """
        filled = {"csrf_token": self.token()} if form_on is None else self.get(form_on).form(path)
        return self._arrive(self.raw.post(path, data=filled | dict(data or {}), **options), follow)

    def token(self) -> str:
        """A token against forged requests, from a page that all may read."""
        entries = self.get("/rules").root.all("input")
        return next(entry.attrs["value"] for entry in entries if entry.attrs.get("name") == "csrf_token")

    def sign_in(self, who: Member | str) -> "Client":
        """Sign `who` (or the holder of that address) in without the form, by a session of their own."""
        token = secrets.token_urlsafe(32)
        with self.app.app_context():
            member = who if isinstance(who, Member) else _holder(who)
            now = clock.now()
            db.session.add(
                Session(
                    token_hash=hash_of(token),
                    member_id=member.id,
                    created_at=now,
                    expires_at=now + timedelta(days=1),
                    browser="Provläsaren",
                )
            )
            db.session.commit()
        with self.raw.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"], cookie["_fresh"] = token, True
        return self

    def sign_in_by_form(self, email: str, password: str = PASSWORD, *, to: str = "/auth/login") -> Page:
        """Sign in as a person does: by the form, from the page `to`, which may be a closed one."""
        filled = self.get(to).form("/auth/login")
        filled |= {"email": email, "password": password}
        return self._arrive(self.raw.post("/auth/login", data=filled), True)

    def _arrive(self, response: TestResponse, follow: bool) -> Page:
        steps = 0
        while follow and response.status_code in REDIRECTS:
            steps += 1
            assert steps < 6, f"{response.request.path} sends the reader in circles"
            response = self.raw.get(response.headers["Location"])
        arrived = Page(response)
        if arrived.is_html and arrived.status not in REDIRECTS:
            inspect(arrived)
        return arrived


def inspect(arrived: Page) -> None:
    """Fail when the page is not as every page of ours must be."""
    found = page.faults(arrived.root)
    if "default-src" not in arrived.response.headers.get("Content-Security-Policy", ""):
        found.append("no Content-Security-Policy")
    assert not found, f"{arrived.path} ({arrived.status}): " + "; ".join(found)


def _holder(email: str) -> Member:
    member = db.session.scalar(db.select(Member).where(Member.email == email))
    assert member, f"nobody has the address {email}"
    return member


def _values(form: page.Element) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for entry in form.all("input", "select", "textarea"):
        name, kind = entry.attrs.get("name"), entry.attrs.get("type", "text")
        if not name or (kind in ("radio", "checkbox") and "checked" not in entry.attrs):
            continue
        if entry.tag == "select":
            options = entry.all("option")
            chosen = [option for option in options if "selected" in option.attrs] or options[:1]
            filled[name] = chosen[0].attrs.get("value", chosen[0].text) if chosen else ""
        else:
            filled[name] = entry.text if entry.tag == "textarea" else entry.attrs.get("value", "")
    return filled
