"""The form of a new wording of the rules."""

from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField

from ..core.form import Form, required, up_to
from ..core.language import lazy
from .services import LONGEST_NOTE


class WordingForm(Form):
    body_sv = TextAreaField(lazy("På svenska"), [required(lazy("Skriv reglerna på svenska."))])
    body_en = TextAreaField(lazy("På engelska"), [required(lazy("Skriv reglerna på engelska."))])
    note = StringField(
        lazy("Vad är annorlunda?"), [required(lazy("Skriv vad som är annorlunda.")), up_to(LONGEST_NOTE)]
    )
    review_on = DateField(
        lazy("Gå igenom reglerna igen senast"), [required(lazy("Välj en dag för nästa genomgång."))]
    )
    tell = BooleanField(lazy("Berätta för medlemmarna att reglerna har ändrats"))
    version = HiddenField()
