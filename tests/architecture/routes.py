"""Every address of the application, and addresses that lead to the cast's own things."""

import re

from flask import Flask
from werkzeug.routing import Rule

from tests.cast import Cast

# Endpoints whose argument a test must make up: no thing of the cast has such an address.
MADE_UP = {"token": "not-a-token", "version": "0", "filename": "favicon.svg", "kind": "ground"}


def rules(app: Flask, method: str) -> list[Rule]:
    """The rules that answer to `method`, in the order of their addresses; static files are left out."""
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted((rule for rule in found if rule.endpoint != "static"), key=lambda rule: rule.rule)


def address(rule: Rule, cast: Cast) -> str:
    """The rule's address with the cast's things in it."""
    things = {
        "themes": cast.theme,
        "meetings": cast.meeting,
        "questions": cast.question,
        "dossiers": cast.question,
        "threads": cast.thread,
        "posts": cast.post,
        "attachments": cast.attachment,
        "material-folders": cast.folder,
        "materials": cast.material,
        "agenda-items": cast.item,
        "members": cast.representative,
        "institutions": cast.institution,
    }

    def filled(match: re.Match[str]) -> str:
        noun, name = match.groups()
        # What the cast has none of, such as letters, is looked for under a number that is not there.
        thing = getattr(things.get(noun), "slug" if name == "slug" else "id", 999)
        return f"{noun}/{MADE_UP.get(name, thing)}"

    return re.sub(r"([a-z-]+)/<(?:[a-z]+:)?([a-z_]+)>", filled, rule.rule)
