"""The letter about changed rules, which is also a line on the reader's home page."""

from functools import cache

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..core import clock
from ..core.language import LOCALES
from ..mail.models import Letter
from ..mail.services import Draft, enqueue_all, supersede
from ..members.queries import serving
from .models import RulesKind, RulesVersion

PATHS = {RulesKind.GROUND: "/rules", RulesKind.MODERATION: "/rules/moderation"}


def tell_of(version: RulesVersion) -> int:
    """Tell everyone in the network but the one who published it; the number of those who are told."""
    path = PATHS[version.kind]
    link = current_app.config["SETTINGS"].base_url + path

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            if version.kind is RulesKind.GROUND:
                subject = gettext("Spelreglerna har ändrats")
            else:
                subject = gettext("Modereringsreglerna har ändrats")
            told = {"subject": subject, "note": version.note, "link": link}
            plain = render_template("rules/mail/changed.txt", **told)
            return subject, plain, render_template("rules/mail/changed.html", **told)

    readers = [one for one in serving(clock.today()) if one.id != version.published_by_id]
    conversation = f"rules-{version.kind}"
    supersede([one.id for one in readers], Letter.conversation == conversation)
    key = f"rules:{version.kind}:{version.number}"
    enqueue_all([Draft(f"{key}:{one.id}", one, *worded(one.language), conversation, path) for one in readers])
    return len(readers)
