"""What a coordinator fills in about one case, and about several."""

from wtforms import TextAreaField

from ...core.form import Form, required, up_to
from ...core.language import lazy
from ..services.acting import LONGEST


class ActForm(Form):
    """The button that is pressed says what is done."""

    reason = TextAreaField(
        lazy("Skäl"), [required(lazy("Skriv varför. Skälet står i protokollet.")), up_to(LONGEST)]
    )
    to_author = TextAreaField(lazy("Till den som har skrivit"), [up_to(LONGEST)])


class SeveralForm(Form):
    reason = TextAreaField(
        lazy("Skäl"), [required(lazy("Skriv varför. Skälet står i protokollet.")), up_to(LONGEST)]
    )
