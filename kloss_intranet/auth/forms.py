"""The forms of the door."""

from typing import Any

from wtforms import DateField, EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField

from ..core.form import Form, required, up_to
from ..core.language import LANGUAGES, lazy

CHOICES: Any = LANGUAGES  # a dict of values and labels, which the type stubs do not know yet


class LoginForm(Form):
    email = EmailField(lazy("E-post"), [required(), up_to(200)])
    password = PasswordField(lazy("Lösenord"), [required(), up_to(128)])
    next = HiddenField()


class RecoverForm(Form):
    email = EmailField(lazy("E-post"), [required(), up_to(200)])


class PasswordForm(Form):
    password = PasswordField(lazy("Välj ett lösenord"), [required(), up_to(128)])


class WelcomeForm(Form):
    name = StringField(lazy("Namn"), [required(), up_to(120)])
    language = RadioField(lazy("Språk"), [required()], choices=CHOICES)
    password = PasswordField(lazy("Välj ett lösenord"), [required(), up_to(128)])


class InviteForm(Form):
    name = StringField(lazy("Namn"), [required(), up_to(120)])
    email = EmailField(lazy("E-post"), [required(), up_to(200)])
    institution_id = SelectField(lazy("Lärosäte"), [required()])
    title = StringField(lazy("Titel"), [required(), up_to(120)])
    starts_on = DateField(lazy("Uppdraget börjar"), [required()])
    language = RadioField(lazy("Språk i inbjudan"), [required()], choices=CHOICES, default="sv")
