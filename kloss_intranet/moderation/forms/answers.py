"""What an author answers to a measure."""

from wtforms import TextAreaField

from ...core.form import Form, required
from ...core.language import lazy


class AnswerForm(Form):
    body = TextAreaField(lazy("Ditt svar"), [required(lazy("Skriv ditt svar."))])
