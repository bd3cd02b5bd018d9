"""The form of an announcement."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from ..core.form import Form, up_to
from ..core.language import lazy
from .services import LONGEST_TITLE


class AnnouncementForm(Form):
    title = StringField(
        lazy("Rubrik"), [DataRequired(lazy("Skriv en rubrik. Den blir mailets ämne.")), up_to(LONGEST_TITLE)]
    )
    body = TextAreaField(lazy("Text"), [DataRequired(lazy("Skriv vad du vill berätta."))])
    circle = RadioField(lazy("Till vilka?"), [DataRequired(lazy("Välj till vilka det ska."))])
    meeting = SelectField(lazy("Vilken träff?"))
    version = HiddenField()
    submission = HiddenField()
