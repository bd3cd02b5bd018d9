"""What a coordinator fills in about a case; the reason alone about several, and wherever no more is asked."""

from wtforms import TextAreaField

from ...core.form import Form, required, up_to
from ...core.language import lazy
from ..services.acting import LONGEST


class ReasonForm(Form):
    reason = TextAreaField(
        lazy("Skäl"), [required(lazy("Skriv varför. Skälet står i protokollet.")), up_to(LONGEST)]
    )


class ActForm(ReasonForm):
    """The button that is pressed says what is done."""

    to_author = TextAreaField(lazy("Till den som har skrivit"), [up_to(LONGEST)])
