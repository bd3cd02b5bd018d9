"""The forms of one's own settings."""

from typing import Any

from wtforms import PasswordField, RadioField

from ..core.form import Form, required, up_to
from ..core.language import LANGUAGES, lazy

CHOICES: Any = LANGUAGES  # a dict of values and labels, which the type stubs do not know yet


class LanguageForm(Form):
    language = RadioField(lazy("Språk på webbplatsen och i brev"), [required()], choices=CHOICES)


class PasswordForm(Form):
    current = PasswordField(lazy("Nuvarande lösenord"), [required(), up_to(128)])
    password = PasswordField(lazy("Nytt lösenord"), [required(), up_to(128)])
