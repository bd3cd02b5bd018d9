"""Every address is guarded or named as open, is typed, and is spelt in one way."""

import re

import pytest

from kloss_intranet.core.policy import Permission
from tests.architecture.routes import rules

# Open to people who have not signed in; everything else is closed.
PUBLIC = {
    "auth.invitation",
    "auth.login",
    "auth.logout",
    "auth.recover",
    "auth.recovery",
    "calendars.feed",  # the address itself is the secret
    "home.accessibility",
    "home.healthz",
    "home.privacy",
    "home.readyz",
    "mail.dev",  # only in the demo; elsewhere it is not found
    "rules.ground",
    "rules.moderation",
    "settings.language",
    "stylesheet",
}
READS = {permission for permission in Permission if permission.endswith((":read", ":list"))}


def views(app):
    return {name: view for name, view in app.view_functions.items() if name != "static"}


def test_a_view_is_guarded_or_open_and_never_both(app):
    for name, view in views(app).items():
        guarded = getattr(view, "permission", None) in set(Permission)
        assert guarded != getattr(view, "is_public", False), name


def test_the_open_views_are_the_named_ones(app):
    assert {name for name, view in views(app).items() if getattr(view, "is_public", False)} == PUBLIC


def test_nothing_is_posted_with_a_permission_to_read(app):
    for rule in rules(app, "POST"):
        assert getattr(app.view_functions[rule.endpoint], "permission", None) not in READS, rule.rule


def test_every_permission_guards_something_or_is_asked_for(app):
    guards = {getattr(view, "permission", None) for view in views(app).values()}
    assert guards >= {permission for permission in Permission if permission.endswith(":write")}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_addresses_are_typed_and_written_in_kebab_case(app, method):
    for rule in rules(app, method):
        arguments = re.findall(r"<([^>]*)>", rule.rule)
        assert all(re.fullmatch(r"(int|string):[a-z_]+", argument) for argument in arguments), rule.rule
        rest = re.sub(r"<[^>]*>", "0", rule.rule)
        files = r"0\.css|(?:0|calendar)\.ics|audit\.csv|(?:briefing|dossier)\.(?:pdf|docx)"
        assert re.fullmatch(rf"/(?:[a-z0-9-]+/?|{files})*", rest), rule.rule


def test_an_area_keeps_to_its_own_addresses_and_methods(app):
    for method in ("PUT", "PATCH", "DELETE"):
        assert rules(app, method) == []
