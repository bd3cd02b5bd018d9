"""The forms of a breadth strip: the names of its ends, and a dot with why it stands there."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, NumberRange
from wtforms.widgets import TextArea

from ..core.form import Form, required, up_to
from ..core.language import lazy
from .services.placing import LONGEST_SENTENCE
from .services.setting import LONGEST_END


class AxisForm(Form):
    low_end = StringField(
        lazy("Den ena änden"), [DataRequired(lazy("Skriv vad den ena änden heter.")), up_to(LONGEST_END)]
    )
    high_end = StringField(
        lazy("Den andra änden"), [DataRequired(lazy("Skriv vad den andra änden heter.")), up_to(LONGEST_END)]
    )


class DotForm(Form):
    """The place may be any whole number on the axis; the steps are the ones to press."""

    place = RadioField(
        lazy("Var står ni?"),
        [required(lazy("Välj en plats på remsan.")), NumberRange(0, 100, lazy("Välj en plats på remsan."))],
        coerce=int,
        validate_choice=False,
        id="breadth-place",
    )
    sentence = StringField(
        lazy("Varför just där?"),
        [DataRequired(lazy("Skriv en mening om varför ni står där.")), up_to(LONGEST_SENTENCE)],
        widget=TextArea(),
        id="breadth-sentence",
    )
