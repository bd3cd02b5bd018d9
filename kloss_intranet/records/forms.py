"""What one may ask of the log."""

from typing import Any

from wtforms import DateField, Field, SelectField, StringField, ValidationError
from wtforms.validators import Optional

from ..core.form import Form, up_to
from ..core.language import gettext, lazy

YEARS = range(2017, 2200)


class AuditForm(Form):
    """Sent by GET: it changes nothing, so it carries no token."""

    class Meta(Form.Meta):
        csrf = False

    group: Any = SelectField(lazy("Vad"), default="")
    member: Any = SelectField(lazy("Vem"), default="")
    subject = StringField(lazy("Gäller"), [Optional(), up_to(200)])
    whence = StringField(lazy("Varifrån"), [Optional(), up_to(100)])
    first = DateField(lazy("Från och med"), [Optional()])
    last = DateField(lazy("Till och med"), [Optional()])

    def validate_first(self, field: Field) -> None:
        if field.data and field.data.year not in YEARS:
            raise ValidationError(gettext("Välj en dag efter 2017."))

    validate_last = validate_first
