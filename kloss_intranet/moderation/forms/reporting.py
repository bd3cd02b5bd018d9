"""What is filled in when something is reported."""

from wtforms import RadioField, TextAreaField

from ...core.form import Form, options, required, up_to
from ...core.language import lazy
from ...core.words import text
from ..models import Ground
from ..services.reporting import LONGEST

GROUNDS = {
    Ground.CONFIDENTIAL: text("Uppgifter som inte får spridas"),
    Ground.PERSONAL_DATA: text("Personuppgifter om någon"),
    Ground.HURTFUL: text("Det sårar eller nedvärderar någon"),
    Ground.FOR_OTHERS: text("Det talar för någon annan, eller för nätverket"),
    Ground.MISPLACED: text("Det står på fel plats"),
    Ground.OTHER: text("Något annat"),
}


class ReportForm(Form):
    ground = RadioField(
        lazy("Vad gäller det?"),
        [required(lazy("Välj vad det gäller."))],
        choices=options((ground.value, lazy(words)) for ground, words in GROUNDS.items()),
    )
    words = TextAreaField(lazy("Med egna ord"), [up_to(LONGEST)])
