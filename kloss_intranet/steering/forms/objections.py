"""What is filled in when an author asks that a passage be left out, and when that is answered."""

from wtforms import TextAreaField

from ...core.form import Form
from ...core.language import lazy


class ObjectionForm(Form):
    reason = TextAreaField(lazy("Varför"))


class AnswerForm(Form):
    reason = TextAreaField(lazy("Till den som frågar"))
