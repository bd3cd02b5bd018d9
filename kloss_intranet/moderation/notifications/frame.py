"""A letter of moderation, written in the language of each reader."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from flask import current_app, render_template
from flask_babel import force_locale

from ...core.language import LOCALES


@dataclass(frozen=True)
class Words:
    """A letter's parts: what is `said`, what is `quoted` as (what it is, the words), what comes `after`."""

    subject: str
    said: list[str]
    why: str
    quoted: list[tuple[str, str]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def worded(words: Callable[[], Words], path: str) -> Callable[[str], tuple[str, str, str]]:
    """From a language to subject, plain text and HTML; `path` is the page that the letter tells of."""
    link = current_app.config["SETTINGS"].base_url + path

    @cache
    def in_language(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            letter = words()
            subject = " ".join(letter.subject.split())
            shown = {"letter": letter, "subject": subject, "link": link}
            plain = render_template("moderation/mail/letter.txt", **shown)
            return subject, plain, render_template("moderation/mail/letter.html", **shown)

    return in_language
