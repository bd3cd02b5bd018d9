"""The form that ends a mandate."""

from wtforms import DateField

from ..core.form import Form, required
from ..core.language import lazy


class EndMandateForm(Form):
    ends_on = DateField(lazy("Uppdragets sista dag"), [required()])
